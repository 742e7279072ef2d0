package io.orchestrator.benchmarks.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Finds the ends of HTTP/1.1 answers in bytes that come piece by piece, and looks at no more of them than it must. */
final class AnswerReader {
    private static final int LINE_BYTES = 8 * 1024;
    private static final int STATUS_DIGIT = 9;
    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";

    /** What comes next. */
    private enum Part {
        STATUS,
        HEADER,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNKS_END
    }

    private final byte[] line = new byte[LINE_BYTES];
    private int length;
    private Part part = Part.STATUS;
    private long left;
    private boolean chunked;

    /**
     * Takes bytes up to the end of an answer.
     *
     * @return whether the answer has ended
     * @throws IOException where it is not a good one
     */
    boolean ends(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (part == Part.BODY || part == Part.CHUNK) {
                int taken = (int) Math.min(left, bytes.remaining());
                bytes.position(bytes.position() + taken);
                left -= taken;
                if (left == 0 && bodyEnds()) {
                    return true;
                }
            } else if (lineEnds(bytes) && answerEnds()) {
                return true;
            }
        }
        return false;
    }

    private boolean bodyEnds() {
        boolean last = part == Part.BODY;
        part = last ? Part.STATUS : Part.CHUNK_SIZE;
        return last;
    }

    private boolean lineEnds(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                return true;
            }
            line[length++] = next;
        }
        return false;
    }

    /** At the end of a line. */
    private boolean answerEnds() throws IOException {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        length = 0;
        switch (part) {
            case STATUS -> {
                if (line[STATUS_DIGIT] != '2') {
                    throw new IOException("answered with " + text(end));
                }
                part = Part.HEADER;
                left = 0;
                chunked = false;
            }
            case HEADER -> {
                return end == 0 ? headEnds() : header(end);
            }
            case CHUNK_SIZE -> {
                // What comes next is the chunk and the end of its line.
                left = Long.parseLong(text(end), 16);
                part = left == 0 ? Part.CHUNKS_END : Part.CHUNK;
                left += 2;
            }
            case CHUNKS_END -> {
                part = Part.STATUS;
                return true;
            }
            default -> throw new IllegalStateException("not a line: " + part);
        }
        return false;
    }

    private boolean header(int end) {
        if (is(LENGTH, end)) {
            left = Long.parseLong(text(end).substring(LENGTH.length()).strip());
        }
        chunked |= is(CHUNKED, end);
        return false;
    }

    private boolean headEnds() {
        part = chunked ? Part.CHUNK_SIZE : left > 0 ? Part.BODY : Part.STATUS;
        return part == Part.STATUS;
    }

    private boolean is(String name, int end) {
        if (end < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            int c = line[i];
            if ((c >= 'A' && c <= 'Z' ? c + ' ' : c) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String text(int end) {
        return new String(line, 0, end, StandardCharsets.US_ASCII);
    }
}
