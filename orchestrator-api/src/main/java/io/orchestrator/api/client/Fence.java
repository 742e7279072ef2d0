package io.orchestrator.api.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A term of a leader, as its writes carry it: the lease that it leads by, and the version at which that was created. A write
 * that is fenced so is carried out only while this very lease stands, renewed or not; the store itself checks that, in the step
 * in which it writes, so that a leader that was paused for long writes nothing once another has taken over.
 *
 * @param namespace of the lease
 * @param name of the lease
 * @param version the resource version that its creation was answered with
 */
public record Fence(String namespace, String name, long version) {
    /** The header by which a request says what it is fenced by, in the form of {@link #text}. */
    public static final String HEADER = "Orchestrator-Fence";

    private static final Pattern FORM = Pattern.compile("([a-z0-9.-]{1,253})/([a-z0-9.-]{1,253})@([1-9][0-9]{0,17})");

    public Fence {
        if (namespace.isEmpty() || name.isEmpty() || version < 1) {
            throw new IllegalArgumentException("not a lease: " + namespace + "/" + name + "@" + version);
        }
    }

    /** @throws ApiException with reason BadRequest when it is not the {@link #text} of a fence */
    public static Fence parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw ApiException.badRequest("the header " + HEADER + " must be of the form namespace/name@version");
        }
        return new Fence(parts.group(1), parts.group(2), Long.parseLong(parts.group(3)));
    }

    /** Such as {@code kube-system/kube-scheduler@4711}. */
    public String text() {
        return namespace + "/" + name + "@" + version;
    }
}
