package io.orchestrator.core.codec;

/**
 * How much input is read before it is refused. Every decoder works in time and memory that these bound, whatever the
 * input says about itself.
 *
 * @param bodyBytes of one request or manifest file
 * @param scalarChars of one string
 * @param depth of nesting
 * @param aliases in one YAML document
 */
public record Limits(int bodyBytes, int scalarChars, int depth, int aliases) {
    /** As Kubernetes limits requests: 3 MiB; strings of 1 MiB and a little, since a ConfigMap may hold 1 MiB. */
    public static final Limits DEFAULT = new Limits(3 * 1024 * 1024, 3 * 1024 * 1024, 100, 50);

    /** For manifests in YAML, whose scalars are smaller. */
    public static final Limits YAML = new Limits(3 * 1024 * 1024, 1024 * 1024, 100, 50);
}
