// What is wrong is said beside the field that it is about, and screen readers find it there.

import { byId, element } from "./dom.js";

/** Says it beside the input, and goes there. */
export function showError(input, message) {
  clearError(input);
  const error = element("p", { id: `${input.id}-error`, className: "error", textContent: message });
  (input.closest("li, .field") ?? input.parentElement).append(error);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), error.id].filter(Boolean).join(" "));
  input.focus();
}

export function clearErrors(within) {
  for (const input of within.querySelectorAll("[aria-invalid]")) clearError(input);
}

export function clearError(input) {
  if (!input.hasAttribute?.("aria-invalid")) return;
  const id = `${input.id}-error`;
  byId(id)?.remove();
  input.removeAttribute("aria-invalid");
  const rest = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((word) => word && word !== id);
  if (rest.length > 0) input.setAttribute("aria-describedby", rest.join(" "));
  else input.removeAttribute("aria-describedby");
}
