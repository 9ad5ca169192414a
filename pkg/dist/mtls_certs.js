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
 * Checks the options of `createAuthority` before a key is made, and says which: `{ algorithm }`.
 * @param {any} options
 * @returns {any}
 */
export function checkAuthority(options) {
    let ret;
    __wbg_call_guard();
    ret = wasm.checkAuthority(options);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * Checks what the requests of `issueCertificates` share.
 * @param {any} options
 * @param {Uint8Array | number[]} spki
 * @returns {any}
 */
export function checkIssue(options, spki) {
    const ptr0 = passArray8ToWasm0(spki, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.checkIssue(options, ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * The details of a key whose public half is known by now.
 * @param {string} type
 * @param {boolean} encrypted
 * @param {Uint8Array | number[]} spki
 * @returns {any}
 */
export function describeKey(type, encrypted, spki) {
    const val3 = +encrypted;
    let ptr0, len0, ptr1, len1;
    try {
        ptr0 = passStringToWasm0(type, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        len0 = WASM_VECTOR_LEN;
        ptr1 = passArray8ToWasm0(spki, wasm.__wbindgen_malloc);
        len1 = WASM_VECTOR_LEN;
    } catch (e) {
        if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
        if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
        throw e;
    }
    let ret;
    __wbg_call_guard();
    ret = wasm.describeKey(ptr0, len0, val3, ptr1, len1);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * A PKCS#8 key that was encrypted with PBKDF2-HMAC-SHA-256 and AES-256-CBC, PEM (RFC 8018 appendix A.4).
 * @param {Uint8Array | number[]} salt
 * @param {Uint8Array | number[]} iv
 * @param {number} iterations
 * @param {Uint8Array | number[]} encrypted
 * @returns {string}
 */
export function encodeEncrypted(salt, iv, iterations, encrypted) {
    let deferred5_0;
    let deferred5_1;
    try {
        const val4 = +iterations;
        let ptr0, len0, ptr1, len1, ptr2, len2;
        try {
            ptr0 = passArray8ToWasm0(salt, wasm.__wbindgen_malloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passArray8ToWasm0(iv, wasm.__wbindgen_malloc);
            len1 = WASM_VECTOR_LEN;
            ptr2 = passArray8ToWasm0(encrypted, wasm.__wbindgen_malloc);
            len2 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr2) { wasm.__wbindgen_free(ptr2, len2 * 1, 1); }
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
            throw e;
        }
        let ret;
        __wbg_call_guard();
        ret = wasm.encodeEncrypted(ptr0, len0, ptr1, len1, val4, ptr2, len2);
        deferred5_0 = ret[0];
        deferred5_1 = ret[1];
        return getStringFromWasm0(ret[0], ret[1]);
    } finally {
        __wbg_call_guard();
        wasm.__wbindgen_free(deferred5_0, deferred5_1, 1);
    }
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
 * The error of a request whose signature is false.
 * @returns {any}
 */
export function falseSignature() {
    let ret;
    __wbg_call_guard();
    ret = wasm.falseSignature();
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * One thing: `{ field, details, spki, verification, key, revocationList, labelled }`. `field` is where it stands in a file of several;
 * `verification` decides its `signatureValid` or `selfSigned`; `key` is a private key whose public half is not known yet;
 * `revocationList` stands instead of `details`, for the other wasm to describe: it is `labelled` so, or only may be one.
 * @param {any} material
 * @returns {any}
 */
export function inspect(material) {
    let ret;
    __wbg_call_guard();
    ret = wasm.inspect(material);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * All in a file, each in the same way.
 * @param {any} material
 * @returns {any}
 */
export function inspectAll(material) {
    let ret;
    __wbg_call_guard();
    ret = wasm.inspectAll(material);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * The text of a file that is JSON and no PEM.
 * @param {any} material
 * @returns {boolean}
 */
export function isJson(material) {
    let ret;
    __wbg_call_guard();
    ret = wasm.isJson(material);
    return ret !== 0;
}

/**
 * SHA-256 of a private key as it is given, with its passphrase, to know it again by. `undefined` for one in another shape.
 * @param {any} material
 * @returns {string | undefined}
 */
export function keyDigest(material) {
    let ret;
    __wbg_call_guard();
    ret = wasm.keyDigest(material);
    let v1;
    if (ret[0] !== 0) {
        v1 = getStringFromWasm0(ret[0], ret[1]);
        wasm.__wbindgen_free(ret[0], ret[1] * 1, 1);
    }
    return v1;
}

/**
 * The options of `generateKeyPair`, checked: `{ algorithm, passphrase, iterations }`.
 * @param {any} options
 * @returns {any}
 */
export function keyPairOptions(options) {
    let ret;
    __wbg_call_guard();
    ret = wasm.keyPairOptions(options);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * What decrypts an encrypted PKCS#8 key, `{ salt, iterations, hash, keyBits, iv, encrypted, passphrase }`, where the platform can and a
 * passphrase is given. `undefined` for every other key, as above.
 * @param {any} material
 * @returns {any}
 */
export function lockedKey(material) {
    let ret;
    __wbg_call_guard();
    ret = wasm.lockedKey(material);
    return ret;
}

/**
 * The DER of a private key that is PKCS#8 as it is, with the type that it says: `{ pkcs8, type }`. `undefined` for every other
 * form, and for what is no key: in-page crypto reads those, or says why not.
 * @param {any} material
 * @returns {any}
 */
export function plainKey(material) {
    let ret;
    __wbg_call_guard();
    ret = wasm.plainKey(material);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * The steps of `createMutualTls`, all checked: `{ algorithm, authorities, leaves }`.
 * @param {any} options
 * @returns {any}
 */
export function planMutualTls(options) {
    let ret;
    __wbg_call_guard();
    ret = wasm.planMutualTls(options);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * What `createAuthority` has to sign, for the key of this SubjectPublicKeyInfo.
 * @param {any} options
 * @param {Uint8Array | number[]} spki
 * @returns {any}
 */
export function prepareAuthority(options, spki) {
    const ptr0 = passArray8ToWasm0(spki, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.prepareAuthority(options, ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * What `issueCertificate` has to sign, once the request's signature, `verification`, is known to be true. `chain` is what stands
 * behind the certificate in its chain, PEM.
 * @param {any} options
 * @param {Uint8Array | number[]} spki
 * @returns {any}
 */
export function prepareIssue(options, spki) {
    const ptr0 = passArray8ToWasm0(spki, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.prepareIssue(options, ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * What `createRequest` has to sign.
 * @param {any} options
 * @param {Uint8Array | number[]} spki
 * @returns {any}
 */
export function prepareRequest(options, spki) {
    const ptr0 = passArray8ToWasm0(spki, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.prepareRequest(options, ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * The name of a public key's type, after checking that it may stand in a certificate.
 * @param {Uint8Array | number[]} spki
 * @returns {any}
 */
export function publicKeyType(spki) {
    const ptr0 = passArray8ToWasm0(spki, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.publicKeyType(ptr0, len0);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * For each key (a SubjectPublicKeyInfo, or nothing) the places of the others that are the same.
 * @param {any[]} keys
 * @returns {any}
 */
export function sameKeys(keys) {
    const ptr0 = passArrayJsValueToWasm0(keys, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    let ret;
    __wbg_call_guard();
    ret = wasm.sameKeys(ptr0, len0);
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
        boolean_get: function(arg0) {
            const v = arg0;
            const ret = typeof(v) === 'boolean' ? v : undefined;
            return isLikeNone(ret) ? 0xFFFFFF : ret ? 1 : 0;
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
        assign: function(arg0, arg1) {
            const ret = Object.assign(arg0, arg1);
            return ret;
        },
        call: function() { return handleError(function (arg0, arg1) {
            const ret = arg0.call(arg1);
            return ret;
        }, arguments); },
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
        length2: function(arg0) {
            const ret = arg0.length;
            return ret;
        },
        length: function(arg0) {
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
        toLowerCase: function(arg0) {
            const ret = arg0.toLowerCase();
            return ret;
        },
        toStringTag: function() {
            const ret = Symbol.toStringTag;
            return ret;
        },
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
        "./mtls_certs_bg.js": import0,
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

function passArrayJsValueToWasm0(array, malloc) {
    const ptr = malloc(array.length * 4, 4) >>> 0;
    for (let i = 0; i < array.length; i++) {
        const add = addToExternrefTable0(array[i]);
        getDataViewMemory0().setUint32(ptr + 4 * i, add, true);
    }
    WASM_VECTOR_LEN = array.length;
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
