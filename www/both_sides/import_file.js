// A client's PKCS#12 file for where it will be imported, with its passphrase. It is made in the background, again for each choice.

import { copyButton } from "../shared/copy.js";
import { announce, element } from "../shared/dom.js";
import { releaseLinks } from "../shared/download.js";
import { fileChip } from "../shared/file_chip.js";
import { inBackground } from "../shared/background.js";
import { loadError } from "../shared/load_error.js";
import { newPassphrase } from "../shared/passphrase.js";

const PLACES = [
  ["modern", "Windows or Linux"],
  ["apple", "iPhone, iPad or Mac"],
  ["android", "Android"],
  ["java", "Java"],
  ["windows-2016", "old Windows (Server 2016)"],
];
const OLD_WAY = "encrypted in the old way that all of them read: the passphrase is long for that reason";
const ABOUT = { modern: "AES-256", java: "AES-256", apple: OLD_WAY, android: OLD_WAY, "windows-2016": OLD_WAY };

/** The element, and `made()`, which resolves with `{ client, name, bytes, passphrase }` for the place that is chosen. */
export function importFile(client, files) {
  const name = `${client.name}.p12`;
  const passphrase = newPassphrase();
  const id = `import-${client.name}`;
  const place = element("select", { id }, ...PLACES.map(([value, textContent]) => element("option", { value, textContent })));
  place.value = placeOfThisBrowser();
  const list = element("ul", { className: "chips" });
  const shown = element("code", { textContent: passphrase });
  let latest;

  const make = () => {
    const target = place.value;
    const options = {
      certificate: files[client.certificate],
      privateKey: files[client.key],
      passphrase,
      friendlyName: client.commonName,
      for: target,
    };
    const made = inBackground("createPkcs12", options).then((bytes) => ({ client, name, bytes, passphrase }));
    latest = made;
    releaseLinks(list);
    list.replaceChildren(element("li", { className: "chip at-work" }, `Making ${name}…`));
    const show = (...items) => latest === made && list.replaceChildren(...items);
    made.then(
      ({ bytes }) => show(fileChip({ name, content: bytes, secret: true, about: ABOUT[target], passphrase })),
      (error) => show(element("li", { className: "alert", textContent: `${name} could not be made: ${loadError(error).message}` })),
    );
    return made;
  };
  place.addEventListener("change", () => make().then(() => announce(`${name} made for ${place.selectedOptions[0].textContent}.`), () => {}));
  make();

  const root = element(
    "div",
    { className: "import" },
    element("div", { className: "import-place" }, element("label", { htmlFor: id, textContent: "To be imported in" }), place),
    list,
    element(
      "p",
      { className: "passphrase" },
      element("span", { textContent: "Passphrase " }),
      shown,
      copyButton(passphrase, `the passphrase of ${name}`, undefined, shown),
    ),
  );
  return { element: root, made: () => latest };
}

// Whoever makes it on the device that will import it has nothing to choose.
function placeOfThisBrowser() {
  if (/Android/.test(navigator.userAgent)) return "android";
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? "apple" : "modern";
}
