/* Streamlit draws its page anew at every message, more than fifty times a click: what a script says is handed over
   together, so that it is drawn once. No thread was found. */
const DRAWING = "data-drawing"; // on the page, while the answer is held
const LONGEST_HOLD = 100; // milliseconds: a script that takes longer is seen to go on; on stage no title may stand over the chart before it
let isShown = false; // whether a page stands there: the first one shows each chart as it comes
const NEW_SESSION = 4, SCRIPT_FINISHED = 6, SESSION_STATUS = 9; // fields of ForwardMsg

// The field that says of what kind a message is: the first one after its hash and metadata.
function kindOf(bytes) {
  let at = 0;
  const readNumber = () => {
    for (let value = 0, unit = 1; ; unit *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * unit;
      if (!(byte & 128)) return value;
    }
  };
  while (at < bytes.length) {
    const field = readNumber() >> 3;
    if (field > 2) return field;
    const length = readNumber();
    at += length;
  }
  return undefined;
}

// What the server says within a moment comes in one piece (vt/web/doors.py): each message after its length.
function takeApart(data) {
  const view = new DataView(data);
  const messages = [];
  for (let at = 0; at < data.byteLength; ) {
    const from = at + 4;
    at = from + view.getUint32(at);
    messages.push(data.slice(from, at));
  }
  return messages;
}

class HeldSocket extends WebSocket {
  constructor(address, ...asked) {
    super(`${address}?together`, ...asked);
    this.held = [];
    this.before = undefined; // the kind of the last message, from the start of a script to its end
    this.addEventListener = this.listen;
    super.addEventListener("close", () => this.follow(undefined));
  }

  listen(type, listener, options) {
    if (type !== "message") return super.addEventListener(type, listener, options);
    return super.addEventListener(type, (event) => {
      takeApart(event.data).forEach((data) => {
        this.held.push(() => listener.call(this, new MessageEvent("message", { data })));
        this.onKind(kindOf(new Uint8Array(data)));
      });
    }, options);
  }

  // A script ends with the words that it has, and that nothing runs.
  onKind(kind) {
    const isEnd = this.before === SCRIPT_FINISHED && kind === SESSION_STATUS;
    const isRunning = (kind === NEW_SESSION && isShown) || this.before !== undefined;
    isShown ||= kind === SCRIPT_FINISHED;
    if (kind === NEW_SESSION) isAsked = false;
    this.follow(isRunning && !isEnd ? kind : undefined);
  }

  // A script goes on, or none runs: it has ended, or the connection is lost.
  follow(kind) {
    this.before = kind;
    document.documentElement.toggleAttribute(DRAWING, kind !== undefined);
    waitForSlide(kind !== undefined);
    if (kind === undefined) this.handOver();
    else if (!document.documentElement.classList.contains("vt-zaal")) this.timer ??= setTimeout(() => this.handOver(), LONGEST_HOLD);
  }

  handOver() {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const deliver of this.held.splice(0)) {
      try { deliver(); } catch (error) { reportError(error); } // as the browser does: the next one comes all the same
    }
  }
}

window.WebSocket = HeldSocket;
