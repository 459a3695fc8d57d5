import { Option } from 'commander';
import type { Command } from 'commander';
import { DEFAULT_INVITE_DAYS, MAX_INVITE_DAYS } from '../../contract/people.ts';
import { MAX_QUORUM } from '../../contract/review.ts';
import { roles } from '../../contract/role.ts';
import { wholeNumber } from '../option-values.ts';
import { runCommand } from './command-context.ts';
import type { CommandEngines, CommonOptions } from './command-context.ts';
import { withCommonOptions } from './common-options.ts';
import { changeName, changeRole, inviteByLink, listPeople, takeBackRights, verdictRule } from './people.ts';
import type { InvitePersonOptions, RuleOptions } from './people.ts';

/** The verbs below `people`; without one it lists. */
export function addPeopleCommands(program: Command, engines: CommandEngines): void {
  const people = program.command('people').description('see who may come in, invite, and take rights back');
  withCommonOptions(people.command('list', { isDefault: true }))
    .description('list people, their roles, and open invitations')
    .action((options: CommonOptions) => runCommand(options, engines, listPeople));
  withCommonOptions(people.command('invite'))
    .description('make a link that works once')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).default('reviewer'))
    .option('--days <n>', 'how long it works', wholeNumber(1, MAX_INVITE_DAYS), DEFAULT_INVITE_DAYS)
    .option('--again <person>', 'for somebody who is there already and needs another browser; their role stays')
    .option('--at <address>', 'where the studio is served, such as https://studio.local:4870')
    .action((options: InvitePersonOptions & CommonOptions) =>
      runCommand(options, engines, (call) => inviteByLink(options, call)),
    );
  withCommonOptions(people.command('role <person> <role>'))
    .description(`give somebody another role: ${roles.join(', ')}`)
    .action((who: string, role: string, options: CommonOptions) =>
      runCommand(options, engines, (call) => changeRole(who, role, call)),
    );
  withCommonOptions(people.command('rename <person> <name>'))
    .description('change the name that stands beside verdicts; "owner" is who sits at this machine')
    .action((who: string, name: string, options: CommonOptions) =>
      runCommand(options, engines, (call) => changeName(who, name, call)),
    );
  withCommonOptions(people.command('rule [kind]'))
    .description('see or set how a status follows from several verdicts: newest, unanimous, quorum, role')
    .option('--count <n>', 'with quorum: how many have to agree', wholeNumber(2, MAX_QUORUM))
    .option('--role <role>', 'with role: the least role whose last word counts')
    .action((kind: string | undefined, { count, role, ...options }: RuleOptions & CommonOptions) =>
      runCommand(options, engines, (call) =>
        verdictRule(kind, { ...(count !== undefined && { count }), ...(role !== undefined && { role }) }, call),
      ),
    );
  withCommonOptions(people.command('take-back <who>'))
    .description('take the rights of somebody back, or an invitation; verdicts and names stay')
    .action((who: string, options: CommonOptions) => runCommand(options, engines, (call) => takeBackRights(who, call)));
}
