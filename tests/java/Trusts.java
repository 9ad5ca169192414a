// Whether JSSE trusts a server's certificate by a trust store: java Trusts.java PASSPHRASE STORE CERTIFICATE STORE CERTIFICATE …
// prints "trusted" or "refused" for each pair.
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

public class Trusts {
    public static void main(String[] arguments) throws Exception {
        for (int at = 1; at < arguments.length; at += 2) {
            System.out.println(trusts(arguments[0], arguments[at], arguments[at + 1]) ? "trusted" : "refused");
        }
    }

    private static boolean trusts(String passphrase, String file, String certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = new FileInputStream(file)) {
            store.load(stream, passphrase.toCharArray());
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
        try (InputStream stream = new FileInputStream(certificate)) {
            X509Certificate leaf = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
            manager.checkServerTrusted(new X509Certificate[] {leaf}, "UNKNOWN");
            return true;
        } catch (CertificateException refused) {
            return false;
        }
    }
}
