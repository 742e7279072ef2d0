package io.orchestrator.core.codec;

import io.orchestrator.core.recall.Lately;
import io.orchestrator.core.recall.Sightings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parts of objects that were read lately, by their bytes. A part whose bytes come again is not read again: objects of one template
 * share it, and whoever has made something of it knows it by the very object (see {@link io.orchestrator.core.recall.MadeOf}).
 * Comparing bytes costs a hundredth of reading them. Tables of fixed size; what never comes again is not kept. Thread-safe: parts
 * are immutable.
 */
final class SharedParts {
    /** What is shorter is read sooner than found. */
    private static final int SHORTEST = 128;

    /** From so many bytes on, parts are told apart by more than how the shortest begin, which many templates do alike. */
    private static final int LONG = 512;

    private static final int LONGEST = 16 * 1024;
    private static final int TYPES = 1 << 8;
    private static final int HASHES = 64;
    private static final int SEEN = 1 << 10;

    private final Lately<Part> lately = new Lately<>(HASHES);
    private final Sightings sightings = new Sightings(SEEN);
    /** By hashes of schemas: whether there was ever a part that was long enough. Of most there never is. */
    private final boolean[] everKept = new boolean[TYPES];

    /**
     * @param type the schema it was read by
     * @param depth how deep in an object it stood, which it may not exceed elsewhere: nesting has a limit
     */
    record Part(Object type, byte[] bytes, Object value, int depth) {
        int length() {
            return bytes.length;
        }

        private boolean begins(byte[] json, int from) {
            int end = from + bytes.length;
            return end <= json.length && Arrays.equals(json, from, end, bytes, 0, bytes.length);
        }
    }

    /**
     * The part that stands there; null where it is not known. As it begins and ends with braces, no longer one can begin with it.
     *
     * @param type the schema by which it would be read
     */
    @Nullable
    Part at(Object type, byte[] json, int from, int depth) {
        int rest = json.length - from;
        if (rest < SHORTEST || !everKept[place(type)]) {
            return null;
        }
        Part known = rest < LONG ? null : find(type, json, from, LONG, depth);
        return known != null ? known : find(type, json, from, SHORTEST, depth);
    }

    private @Nullable Part find(Object type, byte[] json, int from, int span, int depth) {
        int first = lately.first(head(type, json, from, span));
        for (int place = first; place < first + Lately.WAYS; place++) {
            Part known = lately.at(place);
            if (known != null && known.type() == type && depth <= known.depth() && known.begins(json, from)) {
                return known;
            }
        }
        return null;
    }

    /** Takes note of a part that was read from these bytes. */
    void read(Object type, byte[] json, int from, int to, Object value, int depth) {
        int length = to - from;
        if (length < SHORTEST || length > LONGEST || !sightings.again(Words.hash(json, from, to))) {
            return;
        }
        everKept[place(type)] = true;
        int span = length < LONG ? SHORTEST : LONG;
        lately.keep(head(type, json, from, span), new Part(type, Arrays.copyOfRange(json, from, to), value, depth));
    }

    /** Of how it begins, since where it ends is known to those alone who have read it. */
    private static int head(Object type, byte[] json, int from, int span) {
        return Words.hash(json, from, from + span) ^ System.identityHashCode(type);
    }

    private static int place(Object type) {
        return System.identityHashCode(type) & TYPES - 1;
    }
}
