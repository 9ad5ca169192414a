// Who has which files, read from what was made: who signed whom stands in the certificates, and is not taken from the form.

/**
 * The parties of a result of createMutualTls. `signedBy` and `trusts` are authorities: whose signature is in the certificate, and whose
 * certificate goes into the party's `ca:`, which is that of who signed the other side.
 */
export function partiesOf({ files, details }, { server, clients }) {
  const authorities = Object.keys(details)
    .filter((file) => details[file].basicConstraints?.ca)
    .map((certificate) => party(baseOf(certificate), files, details));
  const withIssuer = (name) => {
    const made = party(name, files, details);
    const issuer = details[made.certificate].authorityKeyIdentifier;
    made.signedBy = authorities.find(({ certificate }) => details[certificate].subjectKeyIdentifier === issuer);
    return made;
  };
  const bob = { ...withIssuer(server.name), role: "Bob", title: "Bob, the server" };
  const callers = clients.map(({ name }, index) => ({
    ...withIssuer(name),
    role: index === 0 ? "Amy" : `Client ${index + 1}`,
    title: index === 0 ? "Amy, the client" : `Client ${index + 1}`,
  }));
  for (const caller of callers) caller.trusts = bob.signedBy;
  bob.trusts = callers[0].signedBy;
  for (const authority of authorities) {
    authority.role = authority.title = authorities.length === 1 ? "CA" : authority === bob.signedBy ? "Bob’s CA" : "Amy’s CA";
  }
  return { authorities, server: bob, clients: callers };
}

function party(name, files, details) {
  const [key, request, certificate] = [".key", ".csr", ".crt"].map((ending) => name + ending);
  return {
    name,
    commonName: details[certificate].subject.commonName,
    key,
    ...(request in files && { request }),
    certificate,
    details: details[certificate],
  };
}

function baseOf(file) {
  return file.replace(/\.crt$/, "");
}
