package io.orchestrator.core.codec.protobuf;

import io.orchestrator.core.codec.TypeMeta;
import java.util.ArrayList;
import java.util.List;

/** Lists as protobuf bodies. Unlike in JSON, the length of the whole stands before it. Stateless. */
public final class ProtobufList {
    private static final int METADATA = 1;
    private static final int ITEM = 2;

    private ProtobufList() {}

    /**
     * The list piece by piece, so that nobody copies it together.
     *
     * @param kind such as {@code PodList}
     * @param metadata of the list
     * @param items the messages of its objects
     */
    public static List<byte[]> pieces(TypeMeta kind, WireOutput metadata, List<byte[]> items) {
        WireOutput first = new WireOutput();
        first.message(METADATA, metadata);
        List<byte[]> pieces = new ArrayList<>(2 + items.size() * 2);
        pieces.add(first.toByteArray());
        for (byte[] item : items) {
            WireOutput head = new WireOutput();
            head.lengthOf(ITEM, item.length);
            pieces.add(head.toByteArray());
            pieces.add(item);
        }
        long length = pieces.stream().mapToLong(piece -> piece.length).sum();
        pieces.add(0, ProtobufCodec.head(kind, length));
        return pieces;
    }
}
