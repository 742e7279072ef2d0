package io.orchestrator.apiserver.spdy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads header blocks, which are one compressed stream over the life of a connection. Confined to its reader. */
final class HeaderReader implements AutoCloseable {
    /** Of a block, decompressed: clients send a few words. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final int MAX_HEADERS = 100;

    private final Inflater inflater = new Inflater();
    private final byte[] inflated = new byte[MAX_BYTES];

    /** Names in lower case. Every block must be read, in order, or the later ones cannot be. */
    Map<String, String> read(byte[] block, int offset) throws ProtocolViolation {
        ByteBuffer text = ByteBuffer.wrap(inflated, 0, inflate(block, offset));
        Map<String, String> headers = new LinkedHashMap<>();
        try {
            int count = text.getInt();
            if (count < 0 || count > MAX_HEADERS) {
                throw new ProtocolViolation("a block of " + count + " headers");
            }
            for (int i = 0; i < count; i++) {
                String name = word(text);
                headers.put(name, word(text));
            }
            return headers;
        } catch (BufferUnderflowException e) {
            throw new ProtocolViolation("a header block ends too early", e);
        }
    }

    private static String word(ByteBuffer text) throws ProtocolViolation {
        int length = text.getInt();
        if (length < 0 || length > text.remaining()) {
            throw new ProtocolViolation("a header of " + length + " bytes");
        }
        byte[] word = new byte[length];
        text.get(word);
        return new String(word, StandardCharsets.UTF_8);
    }

    private int inflate(byte[] block, int offset) throws ProtocolViolation {
        inflater.setInput(block, offset, block.length - offset);
        int length = 0;
        try {
            while (length < MAX_BYTES) {
                int more = inflater.inflate(inflated, length, MAX_BYTES - length);
                length += more;
                if (inflater.needsDictionary()) {
                    inflater.setDictionary(HeaderDictionary.bytes());
                } else if (more == 0) {
                    return length;
                }
            }
        } catch (DataFormatException | IllegalArgumentException e) {
            throw new ProtocolViolation("a header block cannot be decompressed", e);
        }
        throw new ProtocolViolation("a header block is larger than " + MAX_BYTES + " bytes");
    }

    @Override
    public void close() {
        inflater.end();
    }
}
