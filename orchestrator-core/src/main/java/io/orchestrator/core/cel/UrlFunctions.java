package io.orchestrator.core.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;

/** Functions on locations: {@code url} and what is asked of one. Stateless. */
final class UrlFunctions {
    private static final CelType TEXT = SimpleType.STRING;

    static final CelType URL = OpaqueType.create("kubernetes.URL");

    private UrlFunctions() {}

    static void addTo(FunctionSet functions) {
        functions
                .global("url", "string_to_url", URL, TEXT, String.class, UrlFunctions::url)
                .global(
                        "isURL",
                        "is_url_string",
                        SimpleType.BOOL,
                        TEXT,
                        String.class,
                        text -> Url.reasonsAgainst(text).isEmpty())
                .member("getScheme", "url_get_scheme", TEXT, URL, Url.class, Url::scheme)
                .member("getHost", "url_get_host", TEXT, URL, Url.class, Url::host)
                .member("getHostname", "url_get_hostname", TEXT, URL, Url.class, Url::hostname)
                .member("getPort", "url_get_port", TEXT, URL, Url.class, Url::port)
                .member("getEscapedPath", "url_get_escaped_path", TEXT, URL, Url.class, Url::path)
                .member(
                        "getQuery",
                        "url_get_query",
                        MapType.create(TEXT, ListType.create(TEXT)),
                        URL,
                        Url.class,
                        Url::parameters);
    }

    private static Url url(String text) {
        try {
            return Url.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("URL parse error during conversion from string: " + e.getMessage(), e);
        }
    }
}
