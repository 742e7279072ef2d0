package io.orchestrator.core.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of service account tokens: the first signs, all of them check, so that a new key can take over while tokens of the
 * old one live on. Keys are P-256; each is known by its thumbprint. Immutable.
 */
public final class SigningKeys {
    private final List<ECKey> keys;

    private SigningKeys(List<ECKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key to sign with");
        }
        this.keys = List.copyOf(keys);
    }

    /** One new key. */
    public static SigningKeys create(SecureRandom random) {
        return new SigningKeys(List.of(newKey(random)));
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when it holds anything but private P-256 keys
     */
    public static SigningKeys fromJson(String json) {
        List<ECKey> keys = new ArrayList<>();
        try {
            for (JWK key : JWKSet.parse(json).getKeys()) {
                if (!(key instanceof ECKey ec) || !ec.isPrivate()) {
                    throw new IllegalArgumentException("not a private key of an elliptic curve: " + key.getKeyID());
                }
                keys.add(ec);
            }
        } catch (ParseException e) {
            throw new IllegalArgumentException("the signing keys cannot be read", e);
        }
        return new SigningKeys(keys);
    }

    /** These keys behind a new one that signs from now on. */
    public SigningKeys rotated(SecureRandom random) {
        List<ECKey> all = new ArrayList<>();
        all.add(newKey(random));
        all.addAll(keys);
        return new SigningKeys(all);
    }

    /** All keys with their private halves, as a JSON Web Key Set. */
    public String toJson() {
        return new JWKSet(new ArrayList<JWK>(keys)).toString(false);
    }

    /** The public halves, as a JSON Web Key Set. */
    public String publicJson() {
        return new JWKSet(new ArrayList<JWK>(keys)).toString(true);
    }

    ECKey signer() {
        return keys.get(0);
    }

    Optional<ECKey> byId(String id) {
        return keys.stream().filter(key -> id.equals(key.getKeyID())).findFirst();
    }

    private static ECKey newKey(SecureRandom random) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .secureRandom(random)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(com.nimbusds.jose.JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /** Says how many there are, and no more. */
    @Override
    public String toString() {
        return "SigningKeys[" + keys.size() + "]";
    }
}
