function __wbg_reset_state () {
    __wbg_instance_id++;
    cachedDataViewMemory0 = null;
    cachedUint8ArrayMemory0 = null;
    if (typeof numBytesDecoded !== 'undefined') numBytesDecoded = 0;
    if (typeof WASM_VECTOR_LEN !== 'undefined') WASM_VECTOR_LEN = 0;
    __wbg_reinit_scheduled = false;
    wasmInstance = new WebAssembly.Instance(wasmModule, __wbg_get_imports());
    wasm = wasmInstance.exports;
    wasm.__wbindgen_start();
}

/**
 * `convertKey`. `spki` is of a key that no script can read, of which there is the public half alone.
 * @param {any} options
 * @param {Uint8Array | number[] | null} [spki]
 * @returns {any}
 */
export function convertKey(options, spki) {
    var ptr0 = isLikeNone(spki) ? 0 : passArray8ToWasm0(spki, wasm.__wbindgen_malloc);
    var len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.convertKey(options, ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * `createBundle`.
 * @param {any} options
 * @param {Uint8Array | number[]} pkcs8
 * @returns {any}
 */
export function createBundle(options, pkcs8) {
    const ptr0 = passArray8ToWasm0(pkcs8, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.createBundle(options, ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * `createKubernetesSecret`.
 * @param {any} options
 * @param {Uint8Array | number[]} pkcs8
 * @returns {any}
 */
export function createKubernetesSecret(options, pkcs8) {
    const ptr0 = passArray8ToWasm0(pkcs8, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.createKubernetesSecret(options, ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * `createPkcs12`.
 * @param {any} options
 * @param {Uint8Array | number[]} pkcs8
 * @returns {any}
 */
export function createPkcs12(options, pkcs8) {
    const ptr0 = passArray8ToWasm0(pkcs8, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.createPkcs12(options, ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * `createTrustStore`.
 * @param {any} options
 * @returns {any}
 */
export function createTrustStore(options) {
    let ret;
    __wbg_call_guard();
    ret = wasm.createTrustStore(options);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * What a revocation list says, DER. What is not `labelled` as one may be something else.
 * @param {Uint8Array | number[]} der
 * @param {boolean} labelled
 * @returns {any}
 */
export function describeRevocationList(der, labelled) {
    const val2 = +labelled;
    const ptr0 = passArray8ToWasm0(der, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.describeRevocationList(ptr0, len0, val2);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * A PKCS#8 key under a passphrase, PEM.
 * @param {Uint8Array | number[]} pkcs8
 * @param {string} passphrase
 * @param {number | null} [iterations]
 * @returns {any}
 */
export function encryptKey(pkcs8, passphrase, iterations) {
    const val3 = +(isLikeNone(iterations) ? Number.MAX_SAFE_INTEGER : (iterations) >>> 0);
    let ptr0, len0, ptr1, len1;
    try {
        ptr0 = passArray8ToWasm0(pkcs8, wasm.__wbindgen_malloc);
        len0 = WASM_VECTOR_LEN;
        ptr1 = passStringToWasm0(passphrase, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        len1 = WASM_VECTOR_LEN;
    } catch (e) {
        if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
        if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
        throw e;
    }
    let ret;
    __wbg_call_guard();
    ret = wasm.encryptKey(ptr0, len0, ptr1, len1, val3);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * Every code that an error can have. The tests compare it with `index.d.ts`.
 * @returns {string[]}
 */
export function errorCodes() {
    let ret;
    __wbg_call_guard();
    ret = wasm.errorCodes();
    var v1 = getArrayJsValueFromWasm0(ret[0], ret[1]);
    wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
    return v1;
}

/**
 * Wipes the key that is kept.
 */
export function forget() {
    __wbg_call_guard();
    wasm.forget();
}

/**
 * A new key: `{ type, pkcs8, spki }`.
 * @param {string} algorithm
 * @returns {any}
 */
export function generateKey(algorithm) {
    const ptr0 = passStringToWasm0(algorithm, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.generateKey(ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * The RSA key of two primes: `{ type, pkcs8, spki }`.
 * @param {Uint8Array | number[]} p
 * @param {Uint8Array | number[]} q
 * @returns {any}
 */
export function keyOfPrimes(p, q) {
    let ptr0, len0, ptr1, len1;
    try {
        ptr0 = passArray8ToWasm0(p, wasm.__wbindgen_malloc);
        len0 = WASM_VECTOR_LEN;
        ptr1 = passArray8ToWasm0(q, wasm.__wbindgen_malloc);
        len1 = WASM_VECTOR_LEN;
    } catch (e) {
        if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
        if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
        throw e;
    }
    let ret;
    __wbg_call_guard();
    ret = wasm.keyOfPrimes(ptr0, len0, ptr1, len1);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * Whether the pieces are of one key. `spki` is of the private key, which `pkg/` reads.
 * @param {any} options
 * @param {Uint8Array | number[] | null} [spki]
 * @returns {any}
 */
export function matchKey(options, spki) {
    var ptr0 = isLikeNone(spki) ? 0 : passArray8ToWasm0(spki, wasm.__wbindgen_malloc);
    var len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.matchKey(options, ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * The error of a certificate or list whose signature is not the authority's.
 * @param {string} field
 * @returns {any}
 */
export function notIssued(field) {
    const ptr0 = passStringToWasm0(field, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.notIssued(ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * What `renewCertificate` has to sign, once the old certificate's signature, `verification`, is known to be true, with
 * `chain` and `selfSigned`. `spki` is of the authority's key, `new_spki` of the certificate's where it gets another.
 * @param {any} options
 * @param {Uint8Array | number[]} spki
 * @param {Uint8Array | number[] | null} [new_spki]
 * @returns {any}
 */
export function prepareRenewal(options, spki, new_spki) {
    let ptr0, len0, ptr1, len1;
    try {
        ptr0 = passArray8ToWasm0(spki, wasm.__wbindgen_malloc);
        len0 = WASM_VECTOR_LEN;
        ptr1 = isLikeNone(new_spki) ? 0 : passArray8ToWasm0(new_spki, wasm.__wbindgen_malloc);
        len1 = WASM_VECTOR_LEN;
    } catch (e) {
        if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
        if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
        throw e;
    }
    let ret;
    __wbg_call_guard();
    ret = wasm.prepareRenewal(options, ptr0, len0, ptr1, len1);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * What `createRevocationList` (or, from a list that there is, `updateRevocationList`) has to sign, once the signatures in
 * `verifications` are known to be the authority's. `spki` is of the authority's key.
 * @param {any} options
 * @param {Uint8Array | number[]} spki
 * @param {boolean} is_update
 * @returns {any}
 */
export function prepareRevocationList(options, spki, is_update) {
    const val2 = +is_update;
    const ptr0 = passArray8ToWasm0(spki, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.prepareRevocationList(options, ptr0, len0, val2);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * A JSON Web Key: `{ type: "privateKey" | "publicKey", spki }`.
 * @param {any} material
 * @returns {any}
 */
export function readJwk(material) {
    let ret;
    __wbg_call_guard();
    ret = wasm.readJwk(material);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * A private key in any form: PEM, DER or JWK, or `{ pem, passphrase }`, or `{ jwk }`.
 * @param {any} material
 * @returns {any}
 */
export function readKey(material) {
    let ret;
    __wbg_call_guard();
    ret = wasm.readKey(material);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * `readPkcs12`.
 * @param {any} options
 * @returns {any}
 */
export function readPkcs12(options) {
    let ret;
    __wbg_call_guard();
    ret = wasm.readPkcs12(options);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * A fresh instance before the next call. `pkg/` calls it for any exception that is not one of ours: a panic, which is a trap here, memory
 * exhausted, stack overflow.
 */
export function scheduleReinit() {
    __wbg_call_guard();
    wasm.scheduleReinit();
}

/**
 * Signs with a PKCS#8 key, in X.509's encoding of the signature.
 * @param {Uint8Array | number[]} pkcs8
 * @param {Uint8Array | number[]} message
 * @returns {any}
 */
export function sign(pkcs8, message) {
    let ptr0, len0, ptr1, len1;
    try {
        ptr0 = passArray8ToWasm0(pkcs8, wasm.__wbindgen_malloc);
        len0 = WASM_VECTOR_LEN;
        ptr1 = passArray8ToWasm0(message, wasm.__wbindgen_malloc);
        len1 = WASM_VECTOR_LEN;
    } catch (e) {
        if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
        if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
        throw e;
    }
    let ret;
    __wbg_call_guard();
    ret = wasm.sign(ptr0, len0, ptr1, len1);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * Every code that a reason can have. The tests compare it with `types/verification.d.ts`.
 * @returns {string[]}
 */
export function verificationCodes() {
    let ret;
    __wbg_call_guard();
    ret = wasm.verificationCodes();
    var v1 = getArrayJsValueFromWasm0(ret[0], ret[1]);
    wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
    return v1;
}

/**
 * Whether a signature is that of the key of a SubjectPublicKeyInfo.
 * @param {Uint8Array | number[]} spki
 * @param {string} scheme
 * @param {Uint8Array | number[]} message
 * @param {Uint8Array | number[]} signature
 * @returns {boolean}
 */
export function verify(spki, scheme, message, signature) {
    let ptr0, len0, ptr1, len1, ptr2, len2, ptr3, len3;
    try {
        ptr0 = passArray8ToWasm0(spki, wasm.__wbindgen_malloc);
        len0 = WASM_VECTOR_LEN;
        ptr1 = passStringToWasm0(scheme, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        len1 = WASM_VECTOR_LEN;
        ptr2 = passArray8ToWasm0(message, wasm.__wbindgen_malloc);
        len2 = WASM_VECTOR_LEN;
        ptr3 = passArray8ToWasm0(signature, wasm.__wbindgen_malloc);
        len3 = WASM_VECTOR_LEN;
    } catch (e) {
        if (ptr3) { wasm.__wbindgen_free(ptr3, len3 * 1, 1); }
        if (ptr2) { wasm.__wbindgen_free(ptr2, len2 * 1, 1); }
        if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
        if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
        throw e;
    }
    let ret;
    __wbg_call_guard();
    ret = wasm.verify(ptr0, len0, ptr1, len1, ptr2, len2, ptr3, len3);
    return ret !== 0;
}

/**
 * Whether a chain is accepted: `{ ok: true, path }` or `{ ok: false, path, reasons }`.
 * @param {any} options
 * @returns {any}
 */
export function verifyCertificate(options) {
    let ret;
    __wbg_call_guard();
    ret = wasm.verifyCertificate(options);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        Error: function(arg0, arg1) {
            const ret = Error(getStringFromWasm0(arg0, arg1));
            return ret;
        },
        Number: function(arg0) {
            const ret = Number(arg0);
            return ret;
        },
        is_bigint: function(arg0) {
            const ret = typeof(arg0) === 'bigint';
            return ret;
        },
        is_function: function(arg0) {
            const ret = typeof(arg0) === 'function';
            return ret;
        },
        is_null: function(arg0) {
            const ret = arg0 === null;
            return ret;
        },
        is_object: function(arg0) {
            const val = arg0;
            const ret = typeof(val) === 'object' && val !== null;
            return ret;
        },
        is_string: function(arg0) {
            const ret = typeof(arg0) === 'string';
            return ret;
        },
        is_undefined: function(arg0) {
            const ret = arg0 === undefined;
            return ret;
        },
        jsval_eq: function(arg0, arg1) {
            const ret = arg0 === arg1;
            return ret;
        },
        number_get: function(arg0, arg1) {
            const obj = arg1;
            const ret = typeof(obj) === 'number' ? obj : undefined;
            getDataViewMemory0().setFloat64((arg0 >>> 0) + 8 * 1, isLikeNone(ret) ? 0 : ret, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, !isLikeNone(ret), true);
        },
        reinit: function() {
            __wbg_reinit_scheduled = true;
        },
        string_get: function(arg0, arg1) {
            const obj = arg1;
            const ret = typeof(obj) === 'string' ? obj : undefined;
            var ptr1 = isLikeNone(ret) ? 0 : passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            var len1 = WASM_VECTOR_LEN;
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);
        },
        throw: function(arg0, arg1) {
            throw new Error(getStringFromWasm0(arg0, arg1));
        },
        typeof: function(arg0) {
            const ret = typeof arg0;
            return ret;
        },
        call: function() { return handleError(function (arg0, arg1) {
            const ret = arg0.call(arg1);
            return ret;
        }, arguments); },
        from: function(arg0) {
            const ret = Array.from(arg0);
            return ret;
        },
        getPrototypeOf: function() { return handleError(function (arg0) {
            const ret = Reflect.getPrototypeOf(arg0);
            return ret;
        }, arguments); },
        getRandomValues: function() { return handleError(function (arg0, arg1) {
            globalThis.crypto.getRandomValues(getArrayU8FromWasm0(arg0, arg1));
        }, arguments); },
        get2: function() { return handleError(function (arg0, arg1) {
            const ret = Reflect.get(arg0, arg1);
            return ret;
        }, arguments); },
        get: function() { return handleError(function (arg0, arg1) {
            const ret = Reflect.get(arg0, arg1 >>> 0);
            return ret;
        }, arguments); },
        get_unchecked: function(arg0, arg1) {
            const ret = arg0[arg1 >>> 0];
            return ret;
        },
        has: function() { return handleError(function (arg0, arg1) {
            const ret = Reflect.has(arg0, arg1);
            return ret;
        }, arguments); },
        hostname: function(arg0, arg1) {
            const ret = arg1.hostname;
            const ptr1 = passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            const len1 = WASM_VECTOR_LEN;
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);
        },
        isArray: function() { return handleError(function (arg0) {
            const ret = Array.isArray(arg0);
            return ret;
        }, arguments); },
        isView: function(arg0) {
            const ret = ArrayBuffer.isView(arg0);
            return ret;
        },
        length3: function(arg0) {
            const ret = arg0.length;
            return ret;
        },
        length: function(arg0) {
            const ret = arg0.length;
            return ret;
        },
        length2: function(arg0) {
            const ret = arg0.length;
            return ret;
        },
        new5: function(arg0) {
            const ret = new Uint8Array(arg0);
            return ret;
        },
        new2: function() {
            const ret = new Array();
            return ret;
        },
        new4: function(arg0) {
            const ret = new Date(arg0);
            return ret;
        },
        new6: function() { return handleError(function (arg0, arg1) {
            const ret = new URL(getStringFromWasm0(arg0, arg1));
            return ret;
        }, arguments); },
        new3: function() {
            const ret = new Map();
            return ret;
        },
        new: function() {
            const ret = new Object();
            return ret;
        },
        new_from_slice: function(arg0, arg1) {
            const ret = new Uint8Array(getArrayU8FromWasm0(arg0, arg1));
            return ret;
        },
        now: function() {
            const ret = Date.now();
            return ret;
        },
        ownKeys: function() { return handleError(function (arg0) {
            const ret = Reflect.ownKeys(arg0);
            return ret;
        }, arguments); },
        parse: function() { return handleError(function (arg0, arg1) {
            const ret = JSON.parse(getStringFromWasm0(arg0, arg1));
            return ret;
        }, arguments); },
        prototypesetcall: function(arg0, arg1, arg2) {
            Uint8Array.prototype.set.call(getArrayU8FromWasm0(arg0, arg1), arg2);
        },
        push: function(arg0, arg1) {
            const ret = arg0.push(arg1);
            return ret;
        },
        set4: function() { return handleError(function (arg0, arg1, arg2) {
            const ret = Reflect.set(arg0, arg1, arg2);
            return ret;
        }, arguments); },
        set3: function(arg0, arg1, arg2) {
            const ret = arg0.set(arg1, arg2);
            return ret;
        },
        set_bytes: function(arg0, arg1) {
            arg0.bytes = arg1;
        },
        set_bytes2: function(arg0, arg1) {
            arg0.bytes = arg1;
        },
        set_chain: function(arg0, arg1) {
            arg0.chain = arg1;
        },
        set2: function(arg0, arg1, arg2) {
            arg0[arg1 >>> 0] = arg2;
        },
        set: function(arg0, arg1, arg2) {
            arg0[arg1] = arg2;
        },
        set_exponent: function(arg0, arg1) {
            arg0.exponent = arg1;
        },
        set_kind: function(arg0, arg1) {
            arg0.kind = arg1;
        },
        set_length: function(arg0, arg1) {
            arg0.length = arg1 >>> 0;
        },
        set_messageLength: function(arg0, arg1) {
            arg0.messageLength = arg1 >>> 0;
        },
        set_modulus: function(arg0, arg1) {
            arg0.modulus = arg1;
        },
        set_pointLength: function(arg0, arg1) {
            arg0.pointLength = arg1 >>> 0;
        },
        set_signatureLength: function(arg0, arg1) {
            arg0.signatureLength = arg1 >>> 0;
        },
        set_spkiLength: function(arg0, arg1) {
            arg0.spkiLength = arg1 >>> 0;
        },
        set_start: function(arg0, arg1) {
            arg0.start = arg1 >>> 0;
        },
        set_verification: function(arg0, arg1) {
            arg0.verification = arg1;
        },
        stringify: function() { return handleError(function (arg0) {
            const ret = JSON.stringify(arg0);
            return ret;
        }, arguments); },
        toLowerCase: function(arg0) {
            const ret = arg0.toLowerCase();
            return ret;
        },
        toStringTag: function() {
            const ret = Symbol.toStringTag;
            return ret;
        },
        toString2: function() { return handleError(function (arg0, arg1) {
            const ret = arg0.toString(arg1);
            return ret;
        }, arguments); },
        toString: function() { return handleError(function (arg0, arg1) {
            const ret = arg0.toString(arg1);
            return ret;
        }, arguments); },
        generic: function(arg0) {
            // Cast intrinsic for `F64 -> Externref`.
            const ret = arg0;
            return ret;
        },
        generic2: function(arg0, arg1) {
            // Cast intrinsic for `Ref(String) -> Externref`.
            const ret = getStringFromWasm0(arg0, arg1);
            return ret;
        },
        generic3: function(arg0) {
            // Cast intrinsic for `U64 -> Externref`.
            const ret = BigInt.asUintN(64, arg0);
            return ret;
        },
        __wbindgen_init_externref_table: function() {
            const table = wasm.__wbindgen_externrefs;
            table.set(0, undefined);
            table.set(1024, undefined);
            table.set(1025, null);
            table.set(1026, true);
            table.set(1027, false);
        },
    };
    return {
        __proto__: null,
        "./in_page_bg.js": import0,
    };
}

function __wbg_call_guard() {
    if (__wbg_reinit_scheduled) {
        __wbg_reset_state();
        return;
    }
}


let __wbg_instance_id = 0;

function addToExternrefTable0(obj) {
    const idx = wasm.__externref_table_alloc();
    wasm.__wbindgen_externrefs.set(idx, obj);
    return idx;
}

function getArrayJsValueFromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    const mem = getDataViewMemory0();
    const result = [];
    for (let i = ptr; i < ptr + 4 * len; i += 4) {
        result.push(wasm.__wbindgen_externrefs.get(mem.getUint32(i, true)));
    }
    wasm.__externref_drop_slice(ptr, len);
    return result;
}

function getArrayU8FromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return getUint8ArrayMemory0().subarray(ptr / 1, ptr / 1 + len);
}

let cachedDataViewMemory0 = null;
function getDataViewMemory0() {
    if (cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)) {
        cachedDataViewMemory0 = new DataView(wasm.memory.buffer);
    }
    return cachedDataViewMemory0;
}

function getStringFromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return decodeText(getUint8ArrayMemory0().subarray(ptr, ptr + len));
}

let cachedUint8ArrayMemory0 = null;
function getUint8ArrayMemory0() {
    if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0) {
        cachedUint8ArrayMemory0 = new Uint8Array(wasm.memory.buffer);
    }
    return cachedUint8ArrayMemory0;
}

function handleError(f, args) {
    try {
        return f.apply(this, args);
    } catch (e) {
        const idx = addToExternrefTable0(e);
        wasm.__wbindgen_exn_store(idx);
    }
}

function isLikeNone(x) {
    return x === undefined || x === null;
}

function passArray8ToWasm0(arg, malloc) {
    const ptr = malloc(arg.length * 1, 1) >>> 0;
    getUint8ArrayMemory0().set(arg, ptr / 1);
    WASM_VECTOR_LEN = arg.length;
    return ptr;
}

function passStringToWasm0(arg, malloc, realloc) {
    if (realloc === undefined) {
        const buf = cachedTextEncoder.encode(arg);
        const ptr = malloc(buf.length, 1) >>> 0;
        getUint8ArrayMemory0().subarray(ptr, ptr + buf.length).set(buf);
        WASM_VECTOR_LEN = buf.length;
        return ptr;
    }

    let len = arg.length;
    let ptr = malloc(len, 1) >>> 0;

    const mem = getUint8ArrayMemory0();

    let offset = 0;

    for (; offset < len; offset++) {
        const code = arg.charCodeAt(offset);
        if (code > 0x7F) break;
        mem[ptr + offset] = code;
    }
    if (offset !== len) {
        if (offset !== 0) {
            arg = arg.slice(offset);
        }
        ptr = realloc(ptr, len, len = offset + arg.length * 3, 1) >>> 0;
        const view = getUint8ArrayMemory0().subarray(ptr + offset, ptr + len);
        const ret = cachedTextEncoder.encodeInto(arg, view);

        offset += ret.written;
        ptr = realloc(ptr, len, offset, 1) >>> 0;
    }

    WASM_VECTOR_LEN = offset;
    return ptr;
}

let __wbg_reinit_scheduled = false;

function takeFromExternrefTable0(idx) {
    const value = wasm.__wbindgen_externrefs.get(idx);
    wasm.__externref_table_dealloc(idx);
    return value;
}

let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
cachedTextDecoder.decode();
const MAX_SAFARI_DECODE_BYTES = 2146435072;
let numBytesDecoded = 0;
function decodeText(bytes) {
    numBytesDecoded += bytes.length;
    if (numBytesDecoded >= MAX_SAFARI_DECODE_BYTES) {
        cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
        cachedTextDecoder.decode();
        numBytesDecoded = bytes.length;
    }
    return cachedTextDecoder.decode(bytes);
}

const cachedTextEncoder = new TextEncoder();

if (!('encodeInto' in cachedTextEncoder)) {
    cachedTextEncoder.encodeInto = function (arg, view) {
        const buf = cachedTextEncoder.encode(arg);
        view.set(buf);
        return {
            read: arg.length,
            written: buf.length
        };
    };
}

let WASM_VECTOR_LEN = 0;

let wasmModule, wasmInstance, wasm;
function __wbg_finalize_init(instance, module) {
    wasmInstance = instance;
    wasm = instance.exports;
    wasmModule = module;
    cachedDataViewMemory0 = null;
    cachedUint8ArrayMemory0 = null;
    wasm.__wbindgen_start();
    return wasm;
}

async function __wbg_load(module, imports) {
    if (typeof Response === 'function' && module instanceof Response) {
        if (!module.ok) {
            throw new Error(`failed to fetch Wasm: ${module.status} ${module.statusText} fetching '${module.url}'`);
        }

        if (typeof WebAssembly.instantiateStreaming === 'function') {
            try {
                return await WebAssembly.instantiateStreaming(module, imports);
            } catch (e) {
                const validResponse = expectedResponseType(module.type);

                if (validResponse && module.headers.get('Content-Type') !== 'application/wasm') {
                    console.warn("`WebAssembly.instantiateStreaming` failed because your server does not serve Wasm with `application/wasm` MIME type. Falling back to `WebAssembly.instantiate` which is slower. Original error:\n", e);

                } else { throw e; }
            }
        }

        const bytes = await module.arrayBuffer();
        return await WebAssembly.instantiate(bytes, imports);
    } else {
        const instance = await WebAssembly.instantiate(module, imports);

        if (instance instanceof WebAssembly.Instance) {
            return { instance, module };
        } else {
            return instance;
        }
    }

    function expectedResponseType(type) {
        switch (type) {
            case 'basic': case 'cors': case 'default': return true;
        }
        return false;
    }
}

function initSync(module) {
    if (wasm !== undefined) return wasm;


    if (module !== undefined) {
        if (Object.getPrototypeOf(module) === Object.prototype) {
            ({module} = module)
        } else {
            console.warn('using deprecated parameters for `initSync()`; pass a single object instead')
        }
    }

    const imports = __wbg_get_imports();
    if (!(module instanceof WebAssembly.Module)) {
        module = new WebAssembly.Module(module);
    }
    const instance = new WebAssembly.Instance(module, imports);
    return __wbg_finalize_init(instance, module);
}

let __wbg_init_promise;
async function __wbg_init(module_or_path) {
    if (wasm !== undefined) return wasm;
    if (__wbg_init_promise === undefined) {
        __wbg_init_promise = __wbg_init_once(module_or_path);
        __wbg_init_promise.catch(() => { __wbg_init_promise = undefined; });
    }
    return __wbg_init_promise;
}

async function __wbg_init_once(module_or_path) {

    if (module_or_path !== undefined) {
        if (Object.getPrototypeOf(module_or_path) === Object.prototype) {
            ({module_or_path} = module_or_path)
        } else {
            console.warn('using deprecated parameters for the initialization function; pass a single object instead')
        }
    }


    const imports = __wbg_get_imports();

    if (typeof module_or_path === 'string' || (typeof Request === 'function' && module_or_path instanceof Request) || (typeof URL === 'function' && module_or_path instanceof URL)) {
        module_or_path = fetch(module_or_path);
    }

    const { instance, module } = await __wbg_load(await module_or_path, imports);

    return __wbg_finalize_init(instance, module);
}

export { initSync, __wbg_init as default };
