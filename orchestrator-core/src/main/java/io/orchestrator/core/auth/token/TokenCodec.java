package io.orchestrator.core.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tokens as signed JSON, with the claims that Kubernetes puts there. Checking a signature takes a good part of a millisecond,
 * so the last good ones are remembered; whether a token still holds is decided anew every time. Thread-safe.
 */
public final class TokenCodec {
    private static final String PRIVATE = "kubernetes.io";
    private static final String KEPT_ISSUER = "kubernetes/serviceaccount";
    private static final String KEPT = "kubernetes.io/serviceaccount/";
    /** Far more than a pod's token has; hostile ones end here. */
    private static final int LONGEST = 16 * 1024;

    private static final int REMEMBERED = 4096;

    private final SigningKeys keys;
    private final String issuer;
    private final Map<String, TokenClaims> checked = new ConcurrentHashMap<>();

    /** @param issuer a URL, under which the discovery document says that it is found */
    public TokenCodec(SigningKeys keys, String issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    public String issuer() {
        return issuer;
    }

    /** The keys by which others can check tokens: {@code /openid/v1/jwks}. */
    public String publicKeys() {
        return keys.publicJson();
    }

    public String sign(TokenClaims claims) {
        ECKey key = keys.signer();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), body(claims));
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
        return token.serialize();
    }

    /** What the token says, when we signed it; nothing of whether it still holds. */
    public Optional<TokenClaims> read(String token) {
        TokenClaims known = checked.get(token);
        if (known != null) {
            return Optional.of(known);
        }
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<TokenClaims> claims = verified(token);
        claims.ifPresent(good -> {
            if (checked.size() >= REMEMBERED) {
                checked.clear();
            }
            checked.put(token, good);
        });
        return claims;
    }

    private Optional<TokenClaims> verified(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            String id = jwt.getHeader().getKeyID();
            Optional<ECKey> key = id == null ? Optional.empty() : keys.byId(id);
            if (key.isEmpty() || !jwt.verify(new ECDSAVerifier(key.get()))) {
                return Optional.empty();
            }
            return claims(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
            // Whatever it is, we did not sign it; another authenticator may know it.
            return Optional.empty();
        }
    }

    private JWTClaimsSet body(TokenClaims claims) {
        return claims.isKept() ? keptBody(claims) : requestedBody(claims, claims.expires());
    }

    private JWTClaimsSet requestedBody(TokenClaims claims, @Nullable Instant expires) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("namespace", claims.namespace());
        claims.node().ifPresent(node -> own.put("node", reference(node.name(), node.uid())));
        claims.bound()
                .ifPresent(bound ->
                        own.put(bound.kind().toLowerCase(java.util.Locale.ROOT), reference(bound.name(), bound.uid())));
        own.put("serviceaccount", reference(claims.name(), claims.uid()));
        return new JWTClaimsSet.Builder()
                .audience(claims.audiences())
                .expirationTime(expires == null ? null : Date.from(expires))
                .issueTime(Date.from(claims.issued()))
                .issuer(issuer)
                .jwtID(claims.id())
                .claim(PRIVATE, own)
                .notBeforeTime(Date.from(claims.issued()))
                .subject(claims.subject())
                .build();
    }

    private static JWTClaimsSet keptBody(TokenClaims claims) {
        return new JWTClaimsSet.Builder()
                .issuer(KEPT_ISSUER)
                .claim(KEPT + "namespace", claims.namespace())
                .claim(
                        KEPT + "secret.name",
                        claims.bound().map(BoundObject::name).orElse(""))
                .claim(KEPT + "service-account.name", claims.name())
                .claim(KEPT + "service-account.uid", claims.uid())
                .subject(claims.subject())
                .build();
    }

    private static Map<String, Object> reference(String name, String uid) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("name", name);
        reference.put("uid", uid);
        return reference;
    }

    private Optional<TokenClaims> claims(JWTClaimsSet set) throws ParseException {
        if (KEPT_ISSUER.equals(set.getIssuer())) {
            return Optional.of(keptClaims(set));
        }
        Map<String, Object> own = set.getJSONObjectClaim(PRIVATE);
        Date issued = set.getIssueTime();
        Date expires = set.getExpirationTime();
        if (!issuer.equals(set.getIssuer()) || own == null || issued == null || expires == null) {
            return Optional.empty();
        }
        BoundObject account = bound(own, "serviceaccount", "ServiceAccount").orElse(new BoundObject("", "", ""));
        Optional<BoundObject> node = bound(own, "node", "Node");
        Optional<BoundObject> other = bound(own, "pod", "Pod").or(() -> bound(own, "secret", "Secret"));
        TokenClaims claims = new TokenClaims(
                text(own.get("namespace")),
                account.name(),
                account.uid(),
                set.getAudience(),
                other.isPresent() ? other : node,
                other.isPresent() ? node : Optional.empty(),
                text(set.getJWTID()),
                issued.toInstant(),
                expires.toInstant());
        return claims.subject().equals(set.getSubject()) ? Optional.of(claims) : Optional.empty();
    }

    private static TokenClaims keptClaims(JWTClaimsSet set) throws ParseException {
        String secret = text(set.getStringClaim(KEPT + "secret.name"));
        return new TokenClaims(
                text(set.getStringClaim(KEPT + "namespace")),
                text(set.getStringClaim(KEPT + "service-account.name")),
                text(set.getStringClaim(KEPT + "service-account.uid")),
                List.of(),
                Optional.of(new BoundObject("Secret", secret, "")),
                Optional.empty(),
                "",
                Instant.EPOCH,
                null);
    }

    private static Optional<BoundObject> bound(Map<String, Object> own, String key, String kind) {
        return own.get(key) instanceof Map<?, ?> reference
                ? Optional.of(new BoundObject(kind, text(reference.get("name")), text(reference.get("uid"))))
                : Optional.empty();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
