package dev.firebreak.service.rest;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A body that does not say how large it is, is read no further than the limit.
@Provider
public class BoundedBody implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(new Bounded(context.getInputStream()));
        return context.proceed();
    }

    static final class TooMuch extends IOException {

        TooMuch() {
            super("more than %d bytes".formatted(TooLarge.LIMIT));
        }
    }

    private static final class Bounded extends FilterInputStream {

        private long left = TooLarge.LIMIT;

        Bounded(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            var octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var count = super.read(target, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int read) throws TooMuch {
            left -= read;
            if (left < 0) {
                throw new TooMuch();
            }
        }
    }
}
