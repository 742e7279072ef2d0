package io.orchestrator.spi.store;

import org.jspecify.annotations.Nullable;

/**
 * A path such as {@code /registry/pods/default/web}. Segments are separated by {@code /}; as a prefix it matches by
 * characters, so a prefix of whole segments ends in {@code /}. Ordered by UTF-8 bytes, as etcd does.
 *
 * @param path starts with a slash and holds no empty or dot segments
 */
public record StoreKey(String path) implements Comparable<StoreKey> {

    public StoreKey {
        if (!path.startsWith("/") || path.contains("//") || (path.contains("/.") && hasDotSegment(path))) {
            throw new IllegalArgumentException("not a store key: " + path);
        }
    }

    private static boolean hasDotSegment(String path) {
        return path.contains("/../") || path.contains("/./") || path.endsWith("/..") || path.endsWith("/.");
    }

    /** The key of these segments, each of which must not be empty or hold a slash. */
    public static StoreKey of(String... segments) {
        for (String segment : segments) {
            if (segment.isEmpty() || segment.indexOf('/') >= 0) {
                throw new IllegalArgumentException("not a key segment: '" + segment + "'");
            }
        }
        return new StoreKey("/" + String.join("/", segments));
    }

    /** The prefix of everything below this key. */
    public StoreKey asFolder() {
        return path.endsWith("/") ? this : new StoreKey(path + "/");
    }

    public boolean startsWith(StoreKey prefix) {
        return path.startsWith(prefix.path);
    }

    @Override
    public int compareTo(StoreKey other) {
        // Keys are ASCII in practice, where UTF-16 order equals byte order.
        return path.compareTo(other.path);
    }

    // Spelled out: what a record does of itself is slow as long as it is not compiled to the last, and every table asks
    // for it.
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || other instanceof StoreKey key && path.equals(key.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path;
    }
}
