package io.orchestrator.core.store;

import io.orchestrator.spi.store.StoreKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One write as it lies in the {@link Journal}: what the key held from this revision on. The bytes end in a checksum that
 * also covers the revision, so that neither a flipped bit nor a record in a wrong place passes.
 *
 * @param createRevision the revision at which the key came to be; that of the removal for a removal
 * @param value null when the write removed the key
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, from the reader of the file or to its writer
record JournalRecord(long revision, StoreKey key, long createRevision, byte @Nullable [] value) {
    private static final byte PUT = 1;
    private static final byte REMOVAL = 2;
    private static final int FIXED = Byte.BYTES + Long.BYTES + Integer.BYTES;

    byte[] encoded() {
        byte[] path = key.path().getBytes(StandardCharsets.UTF_8);
        byte[] content = value == null ? new byte[0] : value;
        ByteBuffer buffer = ByteBuffer.allocate(FIXED + path.length + content.length + Integer.BYTES);
        buffer.put(value == null ? REMOVAL : PUT)
                .putLong(createRevision)
                .putInt(path.length)
                .put(path)
                .put(content);
        return buffer.putInt(checksum(revision, buffer.array())).array();
    }

    /** @throws IllegalArgumentException when the bytes are not what was written under this revision */
    static JournalRecord decoded(long revision, byte[] bytes) {
        if (bytes.length < FIXED + Integer.BYTES) {
            throw new IllegalArgumentException("the record of revision " + revision + " is cut short");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt(bytes.length - Integer.BYTES) != checksum(revision, bytes)) {
            throw new IllegalArgumentException("the record of revision " + revision + " has a wrong checksum");
        }
        byte kind = buffer.get();
        long createRevision = buffer.getLong();
        byte[] path = new byte[buffer.getInt()];
        buffer.get(path);
        byte[] value = new byte[buffer.remaining() - Integer.BYTES];
        buffer.get(value);
        return new JournalRecord(
                revision,
                new StoreKey(new String(path, StandardCharsets.UTF_8)),
                createRevision,
                kind == REMOVAL ? null : value);
    }

    private static int checksum(long revision, byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(revision).flip());
        checksum.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) checksum.getValue();
    }
}
