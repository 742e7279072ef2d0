package io.orchestrator.apiserver;

import io.orchestrator.core.codec.WatchBody;
import io.orchestrator.core.codec.protobuf.ProtobufEvent;

/** How an event is put around its object. Pure. */
enum EventFraming {
    /** A line of JSON, in a stream or as a message. */
    LINES {
        @Override
        byte[] event(String type, byte[] object) {
            return WatchBody.line(type, object);
        }
    },
    /** Protobuf with its length before it. */
    FRAMES {
        @Override
        byte[] event(String type, byte[] object) {
            return ProtobufEvent.frame(type, object);
        }
    },
    /** Protobuf as a message of its own. */
    MESSAGES {
        @Override
        byte[] event(String type, byte[] object) {
            return ProtobufEvent.message(type, object);
        }
    };

    static EventFraming of(Encoding encoding, boolean messages) {
        if (encoding != Encoding.PROTOBUF) {
            return LINES;
        }
        return messages ? MESSAGES : FRAMES;
    }

    /** @param type such as {@code ADDED} */
    abstract byte[] event(String type, byte[] object);

    boolean isText() {
        return this == LINES;
    }

    Encoding encoding() {
        return isText() ? Encoding.JSON : Encoding.PROTOBUF;
    }
}
