// Reads a PKCS#8 key as Java does, under a passphrase or without (give -), signs "message" with it, and prints the
// signature in base64, which openssl then checks: java ReadKey.java FILE PASSPHRASE ALGORITHM …
// Any number of keys, a line each: starting Java is what takes time.
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

public class ReadKey {
    public static void main(String[] arguments) throws Exception {
        for (int at = 0; at < arguments.length; at += 3) {
            System.out.println(sign(arguments[at], arguments[at + 1], arguments[at + 2]));
        }
    }

    private static String sign(String file, String passphrase, String algorithm) throws Exception {
        String text = Files.readString(Path.of(file));
        byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        PKCS8EncodedKeySpec spec =
            passphrase.equals("-") ? new PKCS8EncodedKeySpec(der) : decrypt(der, passphrase.toCharArray());
        PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(spec);
        Signature signer = Signature.getInstance(switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        });
        signer.initSign(key);
        signer.update("message".getBytes());
        return Base64.getEncoder().encodeToString(signer.sign());
    }

    private static PKCS8EncodedKeySpec decrypt(byte[] der, char[] passphrase) throws Exception {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        // Its name is the whole scheme's only in its parameters: PBEWithHmacSHA256AndAES_256.
        String scheme = info.getAlgParameters().toString();
        Cipher cipher = Cipher.getInstance(scheme);
        cipher.init(
            Cipher.DECRYPT_MODE,
            SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(passphrase)),
            info.getAlgParameters());
        return info.getKeySpec(cipher);
    }
}
