// Many certificates by the one function that the package has for that. A module of its own, because a page that needs a
// single certificate doesn't load it.
import * as api from "../../pkg/index.js";

/** Undefined where the package doesn't export it: then `certificate` is called in a loop. */
export const certificates = api["issueCertificates"] && (async (authority, requests) => {
  const made = await api["issueCertificates"]({ authority, requests: requests.map((request) => ({ request, profile: "client" })) });
  return made.map((one) => {
    if (!one.certificate) throw one.error ?? new Error("issueCertificates gave something without a certificate");
    return one.certificate;
  });
});
