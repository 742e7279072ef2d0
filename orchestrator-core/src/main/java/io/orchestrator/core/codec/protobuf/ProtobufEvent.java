package io.orchestrator.core.codec.protobuf;

import java.nio.ByteBuffer;

/** A watch event as a protobuf message around the body of its object. Stateless. */
public final class ProtobufEvent {
    private static final int TYPE = 1;
    private static final int OBJECT = 2;
    private static final int RAW = 1;

    private ProtobufEvent() {}

    /**
     * One event.
     *
     * @param type such as {@code ADDED}
     * @param body of the object, with its envelope
     */
    public static byte[] message(String type, byte[] body) {
        WireOutput object = new WireOutput();
        object.bytes(RAW, body);
        WireOutput event = new WireOutput();
        event.string(TYPE, type);
        event.message(OBJECT, object);
        return event.toByteArray();
    }

    /** The same with its length before it, four bytes of it, as it stands in a stream. */
    public static byte[] frame(String type, byte[] body) {
        byte[] message = message(type, body);
        return ByteBuffer.allocate(Integer.BYTES + message.length)
                .putInt(message.length)
                .put(message)
                .array();
    }
}
