/** Fills the view. */
export function setUp(root) {
  root.replaceChildren();
}
