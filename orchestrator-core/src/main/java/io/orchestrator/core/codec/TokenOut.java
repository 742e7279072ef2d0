package io.orchestrator.core.codec;

import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.orchestrator.core.schema.FieldSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/** Keeps the tokens, of which a tree is made. */
final class TokenOut implements JsonOut {
    private final TokenBuffer tokens;
    private final JsonTrees trees;

    TokenOut(TokenBuffer tokens, JsonTrees trees) {
        this.tokens = tokens;
        this.trees = trees;
    }

    private interface Step {
        void take() throws IOException;
    }

    private static void take(Step step) {
        try {
            step.take();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void startObject() {
        take(tokens::writeStartObject);
    }

    @Override
    public void endObject() {
        take(tokens::writeEndObject);
    }

    @Override
    public void startArray() {
        take(tokens::writeStartArray);
    }

    @Override
    public void endArray() {
        take(tokens::writeEndArray);
    }

    @Override
    public void name(FieldSchema field) {
        name(field.name());
    }

    @Override
    public void name(String name) {
        take(() -> tokens.writeFieldName(name));
    }

    @Override
    public void string(String value) {
        take(() -> tokens.writeString(value));
    }

    /** A tree of an object equals the tree of its text. */
    @Override
    public void number(long value) {
        take(() -> {
            if (value == (int) value) {
                tokens.writeNumber((int) value);
            } else {
                tokens.writeNumber(value);
            }
        });
    }

    @Override
    public void number(BigDecimal value) {
        take(() -> tokens.writeNumber(value));
    }

    @Override
    public void truth(boolean value) {
        take(() -> tokens.writeBoolean(value));
    }

    @Override
    public void nothing() {
        take(tokens::writeNull);
    }

    @Override
    public void raw(String json) {
        take(() -> tokens.writeTree(trees.parse(json)));
    }
}
