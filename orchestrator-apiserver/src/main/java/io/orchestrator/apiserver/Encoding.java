package io.orchestrator.apiserver;

import io.orchestrator.core.codec.protobuf.ProtobufCodec;

/** How answers are written. */
enum Encoding {
    JSON(Accept.JSON, Accept.JSON),
    /** Has no stream: a watch cannot be had in it. */
    YAML("application/yaml", ""),
    PROTOBUF(ProtobufCodec.MEDIA_TYPE, ProtobufCodec.MEDIA_TYPE + ";stream=watch");

    private final String mediaType;
    private final String watchType;

    Encoding(String mediaType, String watchType) {
        this.mediaType = mediaType;
        this.watchType = watchType;
    }

    String mediaType() {
        return mediaType;
    }

    boolean isStreamed() {
        return !watchType.isEmpty();
    }

    /** The type of a watch. */
    String watchType() {
        return watchType;
    }
}
