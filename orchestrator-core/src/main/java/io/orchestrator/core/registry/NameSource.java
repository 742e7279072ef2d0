package io.orchestrator.core.registry;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Where new objects get their identity from: chance and time as the environment gives them. Thread-safe as those are. */
final class NameSource {
    /** Without vowels and look-alikes, so that nothing offensive or ambiguous comes out. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX = 5;
    private static final int MAX_BASE = 63 - SUFFIX;
    private static final long VERSION_BITS = 0x4000L;
    private static final long VARIANT_BITS = 0x8000000000000000L;

    private final RandomGenerator random;
    private final Clock clock;

    NameSource(RandomGenerator random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    String generate(String base) {
        StringBuilder name = new StringBuilder(base.length() > MAX_BASE ? base.substring(0, MAX_BASE) : base);
        for (int i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    /** A version 4 UUID. */
    String uid() {
        long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | VERSION_BITS;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | VARIANT_BITS;
        return new UUID(high, low).toString();
    }

    Instant now() {
        return clock.instant();
    }
}
