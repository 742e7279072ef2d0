package io.orchestrator.api.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a schema needs to know about a record component beyond its name and type. Optionality is in the type: a component that
 * is null in the record built from nothing may be absent; every other one has an empty value instead.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
    /** One sentence on what the field is for. */
    String value();

    /** The protobuf field number; 0 if it has none. */
    int tag() default 0;

    /**
     * The number of the protobuf message around {@link #tag()} where protobuf nests what JSON shows flat, such as the source of a
     * volume; 0 if there is none. Of a message in a message, the outer number times a thousand and the inner one.
     */
    int within() default 0;

    /** The name on the wire, where Java cannot have it; empty if it is the component's. */
    String name() default "";

    boolean required() default false;

    /** Written even when empty or zero; an empty list then goes as {@code null} and so does an absent time. */
    boolean alwaysWritten() default false;

    /** The JSON text of the default that the schema itself gives; empty for none. */
    String defaultValue() default "";

    /** The key of list items in a strategic merge; empty for none. */
    String mergeKey() default "";

    PatchStrategy[] patch() default {};

    ListType listType() default ListType.UNSET;

    /** The keys of list items in server-side apply. */
    String[] mapKeys() default {};

    MapType mapType() default MapType.UNSET;

    /** Only where the Java type does not tell. */
    String format() default "";

    /** The values that are known; others are still stored. */
    String[] enumValues() default {};
}
