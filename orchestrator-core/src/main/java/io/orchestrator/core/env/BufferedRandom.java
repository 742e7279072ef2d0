package io.orchestrator.core.env;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Draws from a secure source some hundred bytes at a time: each drawing is a call of the system. Thread-safe. */
final class BufferedRandom implements RandomGenerator {
    private static final int DRAWN = 512;

    private final SecureRandom source;
    private final byte[] drawn = new byte[DRAWN];
    private final ByteBuffer left = ByteBuffer.wrap(drawn).limit(0);

    BufferedRandom(SecureRandom source) {
        this.source = source;
    }

    @Override
    public synchronized long nextLong() {
        if (!left.hasRemaining()) {
            source.nextBytes(drawn);
            left.clear();
        }
        return left.getLong();
    }
}
