package io.orchestrator.apiserver.http;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.List;

/**
 * JSON on its way to people: a field or item a line, indented by how deep it lies. Holds no more of it than the piece at hand.
 * Confined to whoever sends it.
 */
public final class IndentedJson implements Iterator<byte[]> {
    private static final byte[] STEP = {' ', ' '};

    private final Iterator<byte[]> pieces;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int depth;
    private boolean inText;
    private boolean escaped;
    /** Whether the last that was written opens an object or list, which may end with nothing in it. */
    private boolean opened;

    IndentedJson(Iterator<byte[]> pieces) {
        this.pieces = pieces;
    }

    public static byte[] of(byte[] json) {
        return new IndentedJson(List.of(json).iterator()).next();
    }

    @Override
    public boolean hasNext() {
        return pieces.hasNext();
    }

    @Override
    public byte[] next() {
        out.reset();
        for (byte each : pieces.next()) {
            if (inText) {
                text(each);
            } else {
                structure(each);
            }
        }
        return out.toByteArray();
    }

    private void text(byte each) {
        out.write(each);
        if (escaped) {
            escaped = false;
        } else if (each == '\\') {
            escaped = true;
        } else if (each == '"') {
            inText = false;
        }
    }

    private void structure(byte each) {
        switch (each) {
            case ' ', '\t', '\r', '\n' -> {}
            case '{', '[' -> {
                begin();
                out.write(each);
                depth++;
                opened = true;
            }
            case '}', ']' -> {
                depth--;
                if (!opened) {
                    line();
                }
                opened = false;
                out.write(each);
            }
            case ',' -> {
                out.write(each);
                line();
            }
            case ':' -> {
                out.write(each);
                out.write(' ');
            }
            default -> {
                begin();
                out.write(each);
                inText = each == '"';
            }
        }
    }

    /** The first within an object or list begins a line. */
    private void begin() {
        if (opened) {
            opened = false;
            line();
        }
    }

    private void line() {
        out.write('\n');
        for (int i = 0; i < depth; i++) {
            out.writeBytes(STEP);
        }
    }
}
