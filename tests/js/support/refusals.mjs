// Bad input: each call is refused by a CertificateError with its code, field, and a message that begins with the field.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CertificateError } from "../../../pkg/index.js";

/** A test for each: `[call, code, field]` by what is wrong. What is computed to be refused is refused by both kinds of crypto. */
export function testRefusals(refusals) {
  for (const [what, [call, code, field]] of Object.entries(refusals)) {
    test(`${what}: ${code} at ${field}`, async () => {
      for (const crypto of code === "ERR_WRONG_ISSUER" ? ["webcrypto", "in-page"] : [undefined]) {
        const error = await call(crypto).then(() => assert.fail("nothing was thrown"), (error) => error);
        assert.ok(error instanceof CertificateError, error.stack);
        assert.deepEqual([error.code, error.field], [code, field], error.message);
        assert.ok(error.message.startsWith(`${field}: `), error.message);
      }
    });
  }
}
