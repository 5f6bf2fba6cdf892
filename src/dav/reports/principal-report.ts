/** What the reports on principals share: asked of the resource itself, answered with responses for some resources (RFC 3744 §9). */
import { child, childrenNamed, type Element } from '../../xml/element.ts';
import { dav } from '../../xml/names.ts';
import { answerMultistatus } from '../answer.ts';
import { askedIn } from '../asked.ts';
import { DavError } from '../error.ts';
import { responsesFor } from '../propstats.ts';
import type { DavRequest } from '../request.ts';
import type { Resource } from '../resource.ts';
import type { Report } from './report.ts';

/** These reports are asked of the resource itself: "Depth: 0" or none (§9.2 to §9.5). */
export const atDepth0 =
  <R extends Resource>(run: Report<R>['run']): Report<R>['run'] =>
  async (request, resource, body, depth) => {
    if (depth !== '0') throw DavError.badRequest('This report is asked with Depth 0.');
    if (childrenNamed(body, dav('prop')).length > 1)
      throw DavError.badRequest('A report names its properties in one prop.');
    await run(request, resource, body, depth);
  };

/** Answers with the properties that the body asks for. */
export async function respond(request: DavRequest, resources: readonly Resource[], body: Element): Promise<void> {
  await answerMultistatus(request.ctx, [
    await responsesFor(resources, askedIn(child(body, dav('prop')) ? body : noProp(body)), request),
  ]);
}

/** Without `prop` only the hrefs are wanted, and not the properties of allprop. */
function noProp(body: Element): Element {
  const prop: Element = { ...body, name: dav('prop'), local: 'prop', content: [] };
  return { ...body, content: [...body.content, prop] };
}
