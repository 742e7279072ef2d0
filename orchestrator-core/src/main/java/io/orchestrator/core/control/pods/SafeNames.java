package io.orchestrator.core.control.pods;

import java.nio.charset.StandardCharsets;

/**
 * Short names from hashes, in the alphabet that Kubernetes uses for them: without vowels, and without what looks alike.
 */
public final class SafeNames {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;
    private static final int MAX_BASE_LENGTH = 63 - SUFFIX_LENGTH;

    private SafeNames() {}

    /**
     * The name of an owner's n-th pod: always the same for the same owner and slot, so that a pod whose creation went
     * unanswered, or was made by a predecessor, is met again under its name instead of being made twice.
     */
    public static String slot(String ownerName, String ownerUid, int slot) {
        String base = ownerName + "-";
        if (base.length() > MAX_BASE_LENGTH) {
            base = base.substring(0, MAX_BASE_LENGTH);
        }
        long hash = mix(fnv1a64(ownerUid + "/" + slot));
        StringBuilder name = new StringBuilder(base);
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            name.append(ALPHABET.charAt((int) Long.remainderUnsigned(hash, ALPHABET.length())));
            hash = Long.divideUnsigned(hash, ALPHABET.length());
        }
        return name.toString();
    }

    /** A number as text in the alphabet, digit by digit. */
    public static String encode(long number) {
        StringBuilder encoded = new StringBuilder();
        for (byte digit : Long.toString(number).getBytes(StandardCharsets.US_ASCII)) {
            encoded.append(ALPHABET.charAt(digit % ALPHABET.length()));
        }
        return encoded.toString();
    }

    private static long fnv1a64(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** Spreads the last bits, in which neighbouring slots differ, over all. */
    private static long mix(long hash) {
        long h = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
