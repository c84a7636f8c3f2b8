// What benchmarks/face.py asks of a page. A picture is a chart, a strip of dots in a table, or what is marked as one; a
// sentence has five words or more.
({
look: () => {
  const main = document.querySelector('[data-testid="stMain"]');
  const PICTURES = '[data-testid="stVegaLiteChart"], .vt-strook, [data-picture]';
  const down = main.scrollTop, wide = innerWidth, high = innerHeight, length = main.scrollHeight;
  const boxes = [...main.querySelectorAll(PICTURES)].filter((each) => each.checkVisibility())
    .map((each) => (each.matches('.vt-strook') ? each.closest('td') ?? each : each).getBoundingClientRect())
    .filter((box) => box.width > 20 && box.height > 10);
  const cover = (until) => {
    const STEP = 4, taken = new Set();
    for (const box of boxes)
      for (let y = Math.ceil((box.top + down) / STEP); y * STEP < Math.min(box.bottom + down, until); y += 1)
        for (let x = Math.ceil(box.left / STEP); x * STEP < Math.min(box.right, wide); x += 1) taken.add(y * 10000 + x);
    return 100 * taken.size * STEP * STEP / (wide * until);
  };
  const sentences = (text) => text.replace(/\s+/g, ' ').split(/(?<=[.!?]) /).map((each) => each.trim())
    .filter((each) => /[.!?]$/.test(each) && each.split(' ').length >= 5);
  const seen = {}, all = {};
  const aside = '.vt-bron, td, th, caption, svg, script, style, [data-testid="stVegaLiteChart"], [class*="st-key-filters"]';
  for (const block of main.querySelectorAll('p, li, dd, figcaption, h1, h2, h3, h4, summary')) {
    if (block.closest(aside) || block.querySelector('p, li, dd')) continue;
    for (const each of sentences(block.textContent)) {
      all[each] = (all[each] ?? 0) + 1;
      if (block.checkVisibility() && !block.closest('.vt-verborgen')) seen[each] = (seen[each] ?? 0) + 1;
    }
  }
  const twice = (counts) => Object.entries(counts).filter(([, count]) => count > 1).map(([text, count]) => `${count}x ${text}`);
  return {
    first: boxes.length ? Math.round(Math.min(...boxes.map((box) => box.top + down))) : null,
    window: cover(high), page: cover(length), screens: length / high, twice: twice(seen), folded: twice(all),
  };
},

cut: () => {
  const main = document.querySelector('[data-testid="stMain"]');
  const found = [];
  for (const each of main.querySelectorAll('*')) {
    const scrolls = '.vt-verborgen, #vt-live, .vt-rol, [data-testid="stCode"], select, [role="listbox"]';
    if (!each.checkVisibility() || each.closest(scrolls)) continue;
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const box = each.getBoundingClientRect();
    if (each.matches('svg text')) {
      const around = each.closest('svg').getBoundingClientRect();
      if (each.textContent.endsWith('…') || (box.width && (box.left < around.left - 1.5 || box.right > around.right + 1.5
        || box.top < around.top - 3 || box.bottom > around.bottom + 3))) found.push(each.textContent);
    } else if (own && box.width > 1) {
      const style = getComputedStyle(each);
      if (style.clipPath !== 'none') continue;
      const hides = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll';
      if ((hides && each.scrollWidth > each.clientWidth + 1) || box.right > innerWidth + 1 || box.left < -1)
        found.push(each.textContent.trim().slice(0, 60));
    }
  }
  return [...new Set(found)];
},

wider: () => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
  .some((each) => each.scrollWidth > each.clientWidth + 1),

control: () => {
  const control = [...document.querySelectorAll('.st-key-gemeente, .vt-keuze')].find((each) => each.checkVisibility());
  if (!control) return false;
  const box = control.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return box.bottom <= innerHeight && !!top && (control.contains(top) || top.contains(control));
},

// Whether all is drawn: the script has run, each chart has its marks, and nothing has changed since it was asked before.
still: () => {
  if (document.querySelector('[data-testid="stApp"]')?.getAttribute('data-test-script-state') !== 'notRunning') return false;
  if (document.querySelector('html[data-drawing], [data-testid="stStatusWidget"], [data-testid="stSkeleton"], [data-stale="true"]')) return false;
  const now = `${document.body.innerText.length}:${document.querySelectorAll('*').length}`;
  const same = window.vtLast === now;
  window.vtLast = now;
  const empty = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')].some((each) => !each.querySelector('svg.marks .role-mark > *'));
  if (empty) return false;
  return same && !!document.querySelector('[data-testid="stMain"] h1');
},
})
