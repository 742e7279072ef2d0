package io.orchestrator.apiserver.proxy;

import java.net.URI;
import java.net.URISyntaxException;

/** Where an answer sends the client. Pure. */
final class Locations {
    private Locations() {}

    /**
     * A location of the one behind, as a client that sees it through us must ask for it. Those elsewhere stay as they are.
     *
     * @param prefix of our own path, under which the other's root is seen
     * @param host of the one behind
     */
    static String seenFrom(String prefix, String host, String location) {
        try {
            URI uri = new URI(location);
            boolean there =
                    uri.getRawAuthority() == null || uri.getRawAuthority().equals(host);
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            if (!there || (uri.getRawAuthority() == null && !path.startsWith("/"))) {
                return location;
            }
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String fragment = uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment();
            return prefix + (path.startsWith("/") ? path : "/" + path) + query + fragment;
        } catch (URISyntaxException e) {
            return location;
        }
    }
}
