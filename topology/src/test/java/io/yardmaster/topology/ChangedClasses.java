package io.yardmaster.topology;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.pool.TypePool;

/** Loads the core, the topology and its tests once more, one of their classes changed. */
final class ChangedClasses extends ClassLoader {
    private static final ClassFileLocator FILES = ClassFileLocator.ForClassLoader.ofSystemLoader();

    private final String changed;
    private final byte[] bytes;

    /**
     * Changes a class.
     *
     * @throws IllegalStateException if the change leaves it as it is
     */
    ChangedClasses(String changed, UnaryOperator<DynamicType.Builder<?>> change) {
        super(ChangedClasses.class.getClassLoader());
        this.changed = changed;
        this.bytes = bytes(changed, change);
        if (Arrays.equals(bytes, bytes(changed, UnaryOperator.identity()))) {
            throw new IllegalStateException("nothing is changed in " + changed + " any more");
        }
    }

    private static byte[] bytes(String name, UnaryOperator<DynamicType.Builder<?>> change) {
        TypeDescription described = TypePool.Default.of(FILES).describe(name).resolve();
        try (DynamicType.Unloaded<?> made =
                change.apply(new ByteBuddy().redefine(described, FILES)).make()) {
            return made.getBytes();
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("io.yardmaster.core.") && !name.startsWith("io.yardmaster.topology.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] own = name.equals(changed) ? bytes : original(name);
            return defineClass(name, own, 0, own.length);
        }
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
