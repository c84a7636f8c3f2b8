"""Sentences about numbers: how they change, how they divide, where they stand beside others."""
