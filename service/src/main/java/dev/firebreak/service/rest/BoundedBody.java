package dev.firebreak.service.rest;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A body that does not say how large it is, is read no further than the limit; and each is read to
/// its end before anything is done by it. Whoever goes on sending is given up by [SlowBody] then,
/// and never after something was done.
@Provider
public class BoundedBody implements ReaderInterceptor {

    private final CurrentVertxRequest request;

    BoundedBody(CurrentVertxRequest request) {
        this.request = request;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        var body = new Bounded(context.getInputStream());
        context.setInputStream(body);
        var read = context.proceed();
        body.transferTo(OutputStream.nullOutputStream());
        SlowBody.isHere(request.getCurrent());
        return read;
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

        /// Readers of JSON close it after the last bracket, which is not the end of it.
        @Override
        public void close() {}

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
