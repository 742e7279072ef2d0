package io.orchestrator.core.codec;

import java.util.Arrays;
import java.util.List;

/**
 * The JSON of an object in pieces, in UTF-8. What many objects share, such as the spec of all pods of a template and the account of
 * their fields, is one piece for all of them. Immutable, as long as nobody changes the arrays.
 */
public final class SplicedJson {
    private final byte[][] pieces;
    private final int length;

    private SplicedJson(byte[][] pieces) {
        this.pieces = pieces;
        int all = 0;
        for (byte[] piece : pieces) {
            all += piece.length;
        }
        this.length = all;
    }

    /** What is in one piece. */
    public static SplicedJson of(byte[] json) {
        return new SplicedJson(new byte[][] {json});
    }

    static SplicedJson of(List<byte[]> pieces) {
        return new SplicedJson(pieces.toArray(byte[][]::new));
    }

    /** How many bytes it has. */
    public int length() {
        return length;
    }

    /** How many pieces it has, at least one. */
    public int pieces() {
        return pieces.length;
    }

    /** One of its pieces, which follow one another; not to be changed. */
    public byte[] piece(int place) {
        return pieces[place];
    }

    /** All in one; perhaps shared, so not to be changed. */
    public byte[] whole() {
        if (pieces.length == 1) {
            return pieces[0];
        }
        byte[] whole = Arrays.copyOf(pieces[0], length);
        int at = pieces[0].length;
        for (int i = 1; i < pieces.length; i++) {
            System.arraycopy(pieces[i], 0, whole, at, pieces[i].length);
            at += pieces[i].length;
        }
        return whole;
    }
}
