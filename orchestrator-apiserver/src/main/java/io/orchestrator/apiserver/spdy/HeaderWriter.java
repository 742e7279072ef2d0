package io.orchestrator.apiserver.spdy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.Deflater;

/** Writes header blocks, which are one compressed stream over the life of a connection. Not thread-safe. */
final class HeaderWriter implements AutoCloseable {
    private static final int BUFFER = 1024;

    private final Deflater deflater = new Deflater();

    HeaderWriter() {
        deflater.setDictionary(HeaderDictionary.bytes());
    }

    /** @param headers names in lower case. Blocks must be sent in the order in which they were written. */
    byte[] write(Map<String, String> headers) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        number(text, headers.size());
        headers.forEach((name, value) -> {
            word(text, name);
            word(text, value);
        });
        deflater.setInput(text.toByteArray());
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        int written = deflater.deflate(buffer, 0, BUFFER, Deflater.SYNC_FLUSH);
        while (written > 0) {
            block.write(buffer, 0, written);
            written = written < BUFFER ? 0 : deflater.deflate(buffer, 0, BUFFER, Deflater.SYNC_FLUSH);
        }
        return block.toByteArray();
    }

    private static void word(ByteArrayOutputStream text, String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        number(text, bytes.length);
        text.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream text, int number) {
        text.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    @Override
    public void close() {
        deflater.end();
    }
}
