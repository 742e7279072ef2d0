package io.orchestrator.core.codec;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of long texts that many objects share, such as the account of fields of all pods of a template: each is encoded once
 * and not with every object. A table of fixed size, in which the newer pushes out the older. Thread-safe: what it keeps is
 * immutable or never changed, and a race costs no more than another encoding.
 */
final class EncodedTexts {
    private static final int TEXTS = 1 << 6;
    /** What is shorter is encoded sooner than found. */
    private static final int SHORTEST = 256;

    private static final int LONGEST = 16 * 1024;

    private final @Nullable Known[] texts = new Known[TEXTS];

    private record Known(String text, byte[] bytes) {}

    /** The text in UTF-8; not to be changed. */
    byte[] bytes(String text) {
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & (TEXTS - 1);
        Known known = texts[place];
        // The very same one: an equal one of its own is not shared by many.
        if (known != null && known.text() == text) {
            return known.bytes();
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        texts[place] = new Known(text, bytes);
        return bytes;
    }
}
