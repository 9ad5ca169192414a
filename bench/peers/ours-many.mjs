// Many certificates by the one function that the package has for that. A module of its own, because a page that needs a
// single certificate doesn't load it.
import { issueCertificates } from "../../pkg/index.js";

/** Only the PEM is kept of each, as in the other peers' loops. */
export async function certificates(authority, requests) {
  const list = new Array(requests.length);
  await issueCertificates({
    authority,
    requests,
    profile: "client",
    onProgress: () => {},
    onIssued({ certificate, error }, index) {
      if (error) throw error;
      list[index] = certificate;
    },
  });
  return list;
}
