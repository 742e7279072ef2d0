package io.orchestrator.core.openapi;

/** The two versions of OpenAPI differ in where schemas stand and in what may stand beside a reference. */
enum Dialect {
    V2("#/definitions/"),
    V3("#/components/schemas/");

    private final String prefix;

    Dialect(String prefix) {
        this.prefix = prefix;
    }

    String reference(String schema) {
        return prefix + schema;
    }
}
