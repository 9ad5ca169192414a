// A CA's revocation list goes on from the one before, or servers would let in again whom that one revoked.

import { certificates } from "../shared/package.js";

/** The list that follows `before`, which may be none. */
export async function nextList(before, authority, revoked) {
  const { createRevocationList, updateRevocationList } = await certificates();
  const made = await (before ? updateRevocationList({ revocationList: before, authority, revoked }) : createRevocationList({ authority, revoked }));
  return made.revocationList;
}

/** The serial numbers on a list, which may be none. */
export async function revokedBy(revocationList) {
  if (!revocationList) return new Set();
  return new Set((await read(revocationList)).revoked.map(({ serialNumber }) => serialNumber));
}

/** A list that was given for a CA, which can be gone on from and is no older than its own. Rejects, in words, where it is another's. */
export async function laterOf({ certificate, privateKey, revocationList: own }, given) {
  await nextList(given, { certificate, privateKey }, []);
  if (!own) return given;
  const [here, there] = [await read(own), await read(given)];
  if (number(there) < number(here)) throw new Error(`This list is older than the one here: its number is ${number(there)}, and here is number ${number(here)}.`);
  return given;
}

const number = ({ crlNumber }) => BigInt(`0x${crlNumber ?? 0}`);

async function read(revocationList) {
  return (await certificates()).inspect(revocationList);
}
