package io.orchestrator.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The test shows what a conformance test of Kubernetes asks, named as there without its tags. It must do so against a whole
 * cluster. {@code docs/conformance.md} is made of these.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Conformance {
    /** One or several of the names. */
    String[] value();
}
