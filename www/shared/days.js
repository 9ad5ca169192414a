// Days as somebody typed them.

/** A number where there are digits and nothing else (`1e2` and `0x1f` are numbers to JavaScript alone), else NaN, which the package refuses. */
export function daysOf(text) {
  const typed = text.trim();
  return /^\d+$/.test(typed) ? Number(typed) : NaN;
}
