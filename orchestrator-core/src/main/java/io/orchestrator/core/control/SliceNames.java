package io.orchestrator.core.control;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Names of slices: they look like those that a server makes up, but are the same at each try, so that a create whose answer was
 * lost is found out by its name and not made twice.
 */
public final class SliceNames {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 5;
    private static final int LONGEST = 253;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private SliceNames() {}

    /**
     * The first name for a slice that is not taken.
     *
     * @param base the name of what the slices belong to
     * @param seed what tells this slice from others of that name
     */
    public static String free(String base, String seed, Set<String> taken) {
        String prefix = base.substring(0, Math.min(base.length(), LONGEST - SUFFIX - 1)) + "-";
        for (int attempt = 0; ; attempt++) {
            String name = prefix + suffix(seed + "/" + attempt);
            if (!taken.contains(name)) {
                return name;
            }
        }
    }

    private static String suffix(String seed) {
        long hash = FNV_OFFSET;
        for (byte each : seed.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < SUFFIX; i++) {
            suffix.append(ALPHABET.charAt((int) Long.remainderUnsigned(hash, ALPHABET.length())));
            hash = Long.divideUnsigned(hash, ALPHABET.length());
        }
        return suffix.toString();
    }
}
