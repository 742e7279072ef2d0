package io.orchestrator.apiserver.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where a request points. */
public sealed interface RequestPath {

    /**
     * Below {@code /api/v1} or {@code /apis/group/version}.
     *
     * @param watched whether it is the older form of a watch, {@code /api/v1/watch/...}, which may have the name of one object
     */
    record OfResource(
            String group,
            String version,
            boolean watched,
            String namespace,
            String plural,
            String name,
            String subresource,
            String rest)
            implements RequestPath {

        /** With the subresource behind a slash, as authorizers see it. */
        public String qualifiedPlural() {
            return subresource.isEmpty() ? plural : plural + "/" + subresource;
        }
    }

    /** Everything else: discovery, health, version. @param segments decoded, without empty ones */
    record Plain(String path, List<String> segments) implements RequestPath {
        public Plain {
            segments = List.copyOf(segments);
        }
    }

    /** What may follow the name of a namespace without being a resource in it. */
    Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

    /**
     * Reads a raw path.
     *
     * @throws IllegalArgumentException when it holds a dot segment, an encoded slash or a broken escape
     */
    static RequestPath parse(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String raw : rawPath.split("/", -1)) {
            if (!raw.isEmpty()) {
                segments.add(decode(raw));
            }
        }
        Plain plain = new Plain("/" + String.join("/", segments), segments);
        if (segments.size() > 2 && segments.get(0).equals("api")) {
            return unlessPartIsWatched(resource("", segments.get(1), segments.subList(2, segments.size())), plain);
        }
        if (segments.size() > 3 && segments.get(0).equals("apis")) {
            List<String> rest = segments.subList(3, segments.size());
            return unlessPartIsWatched(resource(segments.get(1), segments.get(2), rest), plain);
        }
        return plain;
    }

    /** Streams and other parts of an object cannot be watched. */
    private static RequestPath unlessPartIsWatched(OfResource resource, Plain plain) {
        return resource.watched() && !resource.subresource().isEmpty() ? plain : resource;
    }

    private static OfResource resource(String group, String version, List<String> segments) {
        boolean watched = segments.size() > 1 && segments.get(0).equals("watch");
        List<String> rest = watched ? segments.subList(1, segments.size()) : segments;
        if (rest.size() > 2 && rest.get(0).equals("namespaces") && !NAMESPACE_SUBRESOURCES.contains(rest.get(2))) {
            return object(group, version, watched, rest.get(1), rest.subList(2, rest.size()));
        }
        return object(group, version, watched, "", rest);
    }

    private static OfResource object(
            String group, String version, boolean watched, String namespace, List<String> rest) {
        String name = rest.size() > 1 ? rest.get(1) : "";
        String subresource = rest.size() > 2 ? rest.get(2) : "";
        String behind = rest.size() > 3 ? String.join("/", rest.subList(3, rest.size())) : "";
        return new OfResource(group, version, watched, namespace, rest.get(0), name, subresource, behind);
    }

    private static String decode(String raw) {
        // URLDecoder reads forms, where a plus is a space; in a path it is a plus. Most have nothing to decode.
        String segment =
                raw.indexOf('%') < 0 ? raw : URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        if (segment.equals(".") || segment.equals("..") || segment.indexOf('/') >= 0 || segment.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("invalid path segment");
        }
        return segment;
    }
}
