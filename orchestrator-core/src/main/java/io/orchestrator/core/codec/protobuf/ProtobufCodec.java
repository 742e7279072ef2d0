package io.orchestrator.core.codec.protobuf;

import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.codec.TypeMeta;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.Schemas;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Bodies of {@code application/vnd.kubernetes.protobuf}: four magic bytes, an envelope that names the kind, the message. */
public final class ProtobufCodec {
    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int TYPE_META = 1;
    private static final int RAW = 2;
    private static final int ENCODING = 3;

    private final Schemas schemas;
    private final Limits limits;
    private final JsonTrees trees;

    public ProtobufCodec(Schemas schemas, Limits limits) {
        this.schemas = schemas;
        this.limits = limits;
        this.trees = new JsonTrees(limits);
    }

    /** @param raw the message inside */
    private record Envelope(TypeMeta typeMeta, byte[] raw) {}

    /** What the body says that it is. */
    public TypeMeta typeMeta(byte[] body) {
        return open(body).typeMeta();
    }

    /**
     * Reads an object. Protobuf has neither unknown nor duplicate names, so there are no problems to tell of.
     *
     * @throws DecodeException when the body is malformed
     */
    public <T> Decoded<T> read(byte[] body, Class<T> type) {
        Envelope envelope = open(body);
        RecordSchema schema = schemas.of(type);
        try {
            WireInput in = new WireInput(envelope.raw(), 0, envelope.raw().length);
            T value = type.cast(new MessageReader(trees, limits.depth()).record(schema, in, 0));
            return new Decoded<>(value, envelope.typeMeta(), List.of());
        } catch (DecodeException e) {
            throw DecodeException.of(schema, e);
        }
    }

    /** Whether the fields of this record have numbers: only then can its objects be written. */
    public boolean writes(Class<?> type) {
        return !schemas.of(type).tagged().isEmpty();
    }

    /** The body of an object. */
    public byte[] encode(Object record) {
        RecordSchema schema = schemas.of(record.getClass());
        return body(new TypeMeta(schema.apiVersion(), schema.kindName()), message(record));
    }

    /** The body of an object of this class whose message is known. */
    public byte[] encode(Class<?> type, byte[] message) {
        RecordSchema schema = schemas.of(type);
        return body(new TypeMeta(schema.apiVersion(), schema.kindName()), message);
    }

    /** A record as it stands in a list or another message, without an envelope. */
    public WireOutput message(Object record) {
        return new MessageWriter().record(schemas.of(record.getClass()), record);
    }

    /** A body that says of which kind its message is. */
    public static byte[] body(TypeMeta kind, WireOutput message) {
        return body(kind, message.toByteArray());
    }

    private static byte[] body(TypeMeta kind, byte[] raw) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head(kind, raw.length));
        body.writeBytes(raw);
        return body.toByteArray();
    }

    /** What stands before a message of this length: the magic bytes and the envelope up to it, which has nothing behind it. */
    static byte[] head(TypeMeta kind, long length) {
        WireOutput typeMeta = new WireOutput();
        typeMeta.string(1, kind.apiVersion());
        typeMeta.string(2, kind.kind());
        WireOutput envelope = new WireOutput();
        envelope.message(TYPE_META, typeMeta);
        envelope.lengthOf(RAW, length);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(MAGIC);
        head.writeBytes(envelope.toByteArray());
        return head.toByteArray();
    }

    private Envelope open(byte[] body) {
        if (body.length > limits.bodyBytes()) {
            throw DecodeException.tooLarge("the body", limits.bodyBytes());
        }
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new DecodeException(
                    "provided data does not appear to be a protobuf message, expected prefix 6b387300");
        }
        WireInput in = new WireInput(body, MAGIC.length, body.length);
        TypeMeta typeMeta = TypeMeta.NONE;
        byte[] raw = {};
        while (in.hasMore()) {
            int tag = in.tag();
            int wireType = tag & 7;
            if (wireType != WireInput.LENGTH) {
                in.skip(wireType);
                continue;
            }
            switch (tag >>> 3) {
                case TYPE_META -> typeMeta = typeMeta(in.message());
                case RAW -> raw = in.bytes();
                case ENCODING -> {
                    if (!in.string().isEmpty()) {
                        throw new DecodeException(
                                "the protobuf envelope has a content encoding, which is not supported");
                    }
                }
                default -> in.skip(wireType);
            }
        }
        return new Envelope(typeMeta, raw);
    }

    private static TypeMeta typeMeta(WireInput in) {
        TypeMeta found = TypeMeta.NONE;
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == (1 << 3 | WireInput.LENGTH)) {
                found = new TypeMeta(in.string(), found.kind());
            } else if (tag == (2 << 3 | WireInput.LENGTH)) {
                found = new TypeMeta(found.apiVersion(), in.string());
            } else {
                in.skip(tag & 7);
            }
        }
        return found;
    }
}
