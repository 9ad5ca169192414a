// The guide's steps for one CA, made of a peer's own single steps.

/**
 * @param {any} peer
 * @param {string} algorithm
 * @returns {Promise<Record<string, string>>}
 */
export async function guide(peer, algorithm) {
  const ca = await peer.key(algorithm);
  const files = { "ca.key": ca.pem, "ca.crt": await peer.selfSigned(ca, algorithm) };
  const authority = await peer.authority(files["ca.crt"], ca, algorithm);
  for (const [name, commonName, role] of [["bob_server", "localhost", "server"], ["amy_client", "amy-client", "client"]]) {
    const key = await peer.key(algorithm);
    const request = await peer.request(key, algorithm, commonName, role);
    const certificate = await peer.certificate(authority, request, role);
    Object.assign(files, { [`${name}.key`]: key.pem, [`${name}.csr`]: request, [`${name}.crt`]: certificate });
  }
  return files;
}
