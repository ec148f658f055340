package dev.firebreak.hostagent.channel;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts one authority, known by the digest of its certificate, for services only: the leaf must
/// be signed by it, valid now, and meant for servers. Names are not checked; agents' certificates
/// are not meant for servers.
final class PinnedAuthority extends X509ExtendedTrustManager {

    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final int LONGEST_CHAIN = 4;

    private final String digest;

    PinnedAuthority(String digest) {
        this.digest = digest;
    }

    static String digest(X509Certificate certificate) throws GeneralSecurityException {
        byte[] sha = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return HexFormat.of().formatHex(sha);
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length < 2 || chain.length > LONGEST_CHAIN) {
            throw new CertificateException(
                    "the service did not present its authority's certificate");
        }
        X509Certificate leaf = chain[0];
        X509Certificate authority = chain[chain.length - 1];
        try {
            boolean pinned =
                    MessageDigest.isEqual(
                            HexFormat.of().parseHex(digest),
                            HexFormat.of().parseHex(digest(authority)));
            if (!pinned) {
                throw new CertificateException("this is not the authority that the token pinned");
            }
            for (int i = 0; i + 1 < chain.length; i++) {
                chain[i].checkValidity();
                chain[i].verify(chain[i + 1].getPublicKey());
                if (chain[i + 1].getBasicConstraints() < 0) {
                    throw new CertificateException("signed by a certificate that may not sign");
                }
            }
            authority.checkValidity();
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the chain does not hold: " + e.getMessage(), e);
        }
        List<String> uses = leaf.getExtendedKeyUsage();
        if (uses == null || !uses.contains(SERVER_AUTH)) {
            throw new CertificateException("the certificate is not a service's");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("an agent accepts no calls");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        throw new CertificateException("an agent accepts no calls");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        throw new CertificateException("an agent accepts no calls");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
