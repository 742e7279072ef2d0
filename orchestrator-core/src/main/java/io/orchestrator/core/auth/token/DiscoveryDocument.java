package io.orchestrator.core.auth.token;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The documents by which others, who know OpenID Connect, check tokens of service accounts. */
public final class DiscoveryDocument {
    private DiscoveryDocument() {}

    /** {@code /.well-known/openid-configuration}. @param server the URL under which the keys are to be had */
    public static String configuration(TokenCodec codec, String server) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("issuer", codec.issuer());
        node.put("jwks_uri", server + "/openid/v1/jwks");
        node.putArray("response_types_supported").add("id_token");
        node.putArray("subject_types_supported").add("public");
        node.putArray("id_token_signing_alg_values_supported").add("ES256");
        return node.toString();
    }
}
