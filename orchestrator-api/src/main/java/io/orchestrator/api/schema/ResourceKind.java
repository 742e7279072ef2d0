package io.orchestrator.api.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says under which group, version, kind and path a record is served. {@code apiVersion} and {@code kind} are not components of the record. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ResourceKind {
    /** Empty for the core group. */
    String group() default "";

    String version();

    String kind();

    /** The name in paths. */
    String plural();

    /** Empty for the kind in lower case. */
    String singular() default "";

    boolean namespaced() default true;

    String[] shortNames() default {};

    String[] categories() default {};
}
