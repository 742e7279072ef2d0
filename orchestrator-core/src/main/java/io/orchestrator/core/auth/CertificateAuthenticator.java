package io.orchestrator.core.auth;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/**
 * Users by client certificate: the common name is the user, each organisation a group, as in Kubernetes. A certificate
 * counts when the authority signed it itself, it is within its time, and it was issued for clients.
 *
 * <p>A connection shows the same certificate with each of its requests, so those of late are remembered with their user, in a
 * table of fixed size; whether one is within its time is asked every time. Thread-safe: races are benign.
 */
public final class CertificateAuthenticator implements Authenticator {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private static final int SLOTS = 256;

    private final X509Certificate authority;
    private final Clock clock;
    private final @Nullable Known[] slots = new Known[SLOTS];

    /** A certificate that we issued for clients. @param until as {@code from} milliseconds of the clock, both included */
    private record Known(X509Certificate certificate, UserInfo user, long from, long until) {}

    public CertificateAuthenticator(X509Certificate authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public Optional<UserInfo> authenticate(Evidence evidence) {
        if (evidence.peerCertificates().isEmpty()) {
            return Optional.empty();
        }
        X509Certificate certificate = evidence.peerCertificates().get(0);
        int slot = System.identityHashCode(certificate) & SLOTS - 1;
        Known known = slots[slot];
        // Equal ones would do, too, but to compare them takes longer.
        if (known == null || known.certificate() != certificate) {
            known = isIssuedForClients(certificate) ? known(certificate) : null;
            if (known == null) {
                return Optional.empty();
            }
            slots[slot] = known;
        }
        long now = clock.millis();
        return now < known.from() || now > known.until() ? Optional.empty() : Optional.of(known.user());
    }

    private static @Nullable Known known(X509Certificate certificate) {
        return userOf(certificate)
                .map(user -> new Known(
                        certificate,
                        user,
                        certificate.getNotBefore().getTime(),
                        certificate.getNotAfter().getTime()))
                .orElse(null);
    }

    private boolean isIssuedForClients(X509Certificate certificate) {
        try {
            certificate.verify(authority.getPublicKey());
            List<String> usage = certificate.getExtendedKeyUsage();
            return usage != null && usage.contains(CLIENT_AUTH);
        } catch (GeneralSecurityException untrusted) {
            // Not ours or malformed: both mean the same to the caller, who answers 401.
            return false;
        }
    }

    private static Optional<UserInfo> userOf(X509Certificate certificate) {
        String name = "";
        List<String> groups = new ArrayList<>();
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    name = part.getValue().toString();
                } else if (part.getType().equalsIgnoreCase("O")) {
                    groups.add(part.getValue().toString());
                }
            }
        } catch (InvalidNameException unreadable) {
            return Optional.empty();
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(UserInfo.authenticated(name, "", groups));
    }
}
