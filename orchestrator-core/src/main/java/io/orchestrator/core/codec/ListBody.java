package io.orchestrator.core.codec;

import io.orchestrator.api.meta.ListMeta;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A list as JSON, put together around the bytes of its items. */
public final class ListBody {
    private static final byte[] ITEMS = ",\"items\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BETWEEN = ",".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private static final int HEAD_BYTES = 256;

    private final ObjectCodec codec;

    public ListBody(ObjectCodec codec) {
        this.codec = codec;
    }

    /**
     * Writes the list and leaves the stream open.
     *
     * @param kind such as {@code PodList}
     * @param items what {@link ObjectCodec#encode} made of each
     */
    public void write(String apiVersion, String kind, ListMeta metadata, Iterable<byte[]> items, OutputStream to)
            throws IOException {
        Iterator<byte[]> pieces = pieces(apiVersion, kind, metadata, items.iterator());
        while (pieces.hasNext()) {
            to.write(pieces.next());
        }
    }

    /**
     * The list piece by piece, for those who send it as their client takes it. Each item is asked for when its turn comes.
     *
     * @param kind such as {@code PodList}
     * @param items what {@link ObjectCodec#encode} made of each
     */
    public Iterator<byte[]> pieces(String apiVersion, String kind, ListMeta metadata, Iterator<byte[]> items) {
        Iterator<SplicedJson> whole = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public SplicedJson next() {
                return SplicedJson.of(items.next());
            }
        };
        return spliced(apiVersion, kind, metadata, whole);
    }

    /**
     * As {@link #pieces}, of items that are in pieces themselves.
     *
     * @param items what {@link ObjectCodec#splice} made of each
     */
    public Iterator<byte[]> spliced(String apiVersion, String kind, ListMeta metadata, Iterator<SplicedJson> items) {
        return new Pieces(head(apiVersion, kind, metadata), items);
    }

    private byte[] head(String apiVersion, String kind, ListMeta metadata) {
        JsonBytes head = codec.bytes(new byte[HEAD_BYTES]);
        head.startObject();
        head.name("kind");
        head.string(kind);
        head.name("apiVersion");
        head.string(apiVersion);
        head.name("metadata");
        new RecordWriter(head).record(metadata, codec.schemas().of(ListMeta.class));
        head.append(ITEMS);
        return head.toByteArray();
    }

    /** Head, items with commas between them, end. */
    private static final class Pieces implements Iterator<byte[]> {
        private enum Next {
            HEAD,
            FIRST,
            COMMA,
            ITEM,
            REST_OF_ITEM,
            NOTHING
        }

        private final byte[] head;
        private final Iterator<SplicedJson> items;
        private Next next = Next.HEAD;
        private @Nullable SplicedJson item;
        private int place;

        Pieces(byte[] head, Iterator<SplicedJson> items) {
            this.head = head;
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            return next != Next.NOTHING;
        }

        @Override
        public byte[] next() {
            switch (next) {
                case HEAD -> {
                    next = Next.FIRST;
                    return head;
                }
                case ITEM -> {
                    return begin(items.next());
                }
                case REST_OF_ITEM -> {
                    return pieceOf(Objects.requireNonNull(item));
                }
                case FIRST, COMMA -> {
                    if (!items.hasNext()) {
                        next = Next.NOTHING;
                        return END;
                    }
                    if (next == Next.FIRST) {
                        return begin(items.next());
                    }
                    next = Next.ITEM;
                    return BETWEEN;
                }
                default -> throw new NoSuchElementException();
            }
        }

        private byte[] begin(SplicedJson begun) {
            item = begun;
            place = 0;
            return pieceOf(begun);
        }

        private byte[] pieceOf(SplicedJson current) {
            byte[] piece = current.piece(place++);
            next = place < current.pieces() ? Next.REST_OF_ITEM : Next.COMMA;
            return piece;
        }
    }
}
