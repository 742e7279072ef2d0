package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.Draft;
import io.orchestrator.api.schema.Fields;

/** A {@link Secret} in the making. */
public final class SecretDraft extends Draft<Secret, SecretDraft> {
    private Secret secret = SecretBuilder.builder().build();

    SecretDraft(String name) {
        super(name);
    }

    /** The text as UTF-8. */
    public SecretDraft data(String key, String value) {
        return data(key, Bytes.utf8(value));
    }

    public SecretDraft data(String key, byte[] value) {
        return data(key, Bytes.of(value));
    }

    private SecretDraft data(String key, Bytes value) {
        secret = secret.withData(Fields.put(secret.data(), key, value));
        return this;
    }

    /** One of {@link SecretType}, or a type of one's own. */
    public SecretDraft type(String type) {
        secret = secret.withType(type);
        return this;
    }

    /** Its data can never change. */
    public SecretDraft immutable() {
        secret = secret.withImmutable(true);
        return this;
    }

    @Override
    public Secret build() {
        return secret.withMetadata(metadata());
    }
}
