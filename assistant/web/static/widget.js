/* Member Enquiry Assistant, Apache-2.0. Built by tools/build_widget.py. sources 525a199afdd31f95bd453f0943cee1ab36a6f1bbeec9b302d5f4e442c58bcf61 rest 07e0b5b69d2ab9ae256687f850fd1f0dcdc660f015dd716afd04677a33cfe021 */
(()=>{function n(o,e={},...t){let r=document.createElement(o);for(let[s,i]of Object.entries(e))i!==void 0&&(s in r?r[s]=i:r.setAttribute(s,i));return r.append(...t.flat().filter(s=>s||s===0)),r}function l(o,e,t="secondary"){return n("button",{type:"button",textContent:o,className:t,onclick:e})}function x(o,e){let t=o==="tel"?e.replace(/[^\d+]/g,""):e.replace(/[?#&%]/g,encodeURIComponent);return n("a",{href:`${o}:${t}`,textContent:e})}var Ve=/[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w,.-])(?:0\d[\d ]{7,11}\d|116 123|999|111)(?!\w|[,.-]\d)/g;function b(o){let e=[],t=0;for(let{0:r,index:s}of o.matchAll(Ve))e.push(o.slice(t,s),x(r.includes("@")?"mailto":"tel",r)),t=s+r.length;return[...e,o.slice(t)]}var v="Ask a question",k="Support against racism",X="Close",ee="Conversation";var C="Assistant",S="(these words are not kept)",te=["Hello. I can tell you which support against racism the NHS Confederation offers its members, and whom to contact.","I am a computer program, not a person. I know what was published in November 2022."],oe=["What support is there for nurses and midwives?","How do I join the BME Leadership Network?","What can our integrated care system do first?"],ne={label:"Your question",hint:"Please leave out names and personal details, your own and other people's."},re={__proto__:null,name:{label:"Your name",hint:"We store it encrypted, apart from your question.",autocomplete:"name"},email:{label:"Your e-mail address",hint:"We store it encrypted, apart from your question.",autocomplete:"email",inputMode:"email"},consent:{label:"Yes or no",hint:"May we keep your details to answer you?"}},se="Send",j="Sending your message. The answer is on its way.",ie="Type your question first.",ae="Your question is too long. It can have up to 1,000 characters.",le=o=>o<0?`${Q(-o)} too many`:`You have ${Q(o)} left`,Q=o=>`${o.toLocaleString("en-GB")} ${o===1?"character":"characters"}`,ce="Try again",Y="The assistant cannot be reached. Check your connection, then try again.",de="If you or somebody else is in danger right now, please call 999.",he=o=>`Please wait ${o} ${o===1?"second":"seconds"}, then try again.`,ue=o=>`The assistant could not do that (error ${o}).`,P="Your earlier conversation is no longer kept. Your next message starts a new one.",B=o=>`Stage: ${o.join(" and ")}`,D={__proto__:null,current:"Current support",enhanced:"Enhanced support"},_="Contact: ",M="No contact is published for this offer. General contact: ",W=" or ",G=(o,e)=>`Source: ${o}, ${e}`,pe=o=>`published in ${o}`,me=(o,e)=>`edited by our staff on ${o}${e?`, last checked on ${e}`:""}`,U="Your reference: ",fe="Copy",ge=o=>`Copy the reference ${o}`,be="The reference is copied.",we="The reference is selected. Copy it with your keyboard or menu.",z="Was this useful?",ye="Yes",xe="No",ve="Thank you for telling us.",ke="Thank you for telling us. You can ask in other words, or leave your question for a person.",q="More",N="Leave a question for a person",Ce="Download this conversation",E="What happens to what I write?",$="Start again",T="Erase my conversation",Se="Open as a plain page",qe="conversation.txt",Ne="Start again? This window is cleared. What you wrote stays with us for its time, and you can no longer erase it here. To erase it, go back and choose that.",Ee="Erase your conversation? It is deleted for good, here and on our server. So are questions that you left for a person: nobody will answer them.",$e="Back to the conversation",Te="Back to the form",Le="No, go back",Oe="You can ask a new question.",F="Your conversation is erased.",Ae="Erasing your conversation.",H="Fetching your conversation.",h={title:"Leave a question for a person",intro:"Somebody at the NHS Confederation will read your question and write to you.",question:"Your question",questionHint:"Please leave out other people's names.",name:"Your name",email:"Your e-mail address",emailHint:"We only use it to answer this question.",consent:"You may keep my name and e-mail address until my question is answered and for some weeks after, and use them only to answer me. I can withdraw this at any time.",keepWords:"If my question tells of racism, you may keep those words too (you need not)",submit:"Leave my question",cancel:"Cancel",problem:"There is a problem",missing:{question:"Enter your question",name:"Enter your name",email:"Enter an e-mail address, like name@example.org",consent:"Tick the box if you agree. We cannot write to you without it"}};var Ie=1e3,Ze=800,Qe=400,L=class{#n=n("label",{htmlFor:"text"});#t=n("p",{className:"hint",id:"hint"});#e=n("p",{className:"hint",id:"counter",role:"status"});#o=n("button",{type:"submit",textContent:se});buttons=n("div",{className:"buttons"},this.#o);#i=!1;#a;box=n("textarea",{id:"text",rows:2,"aria-describedby":"hint counter"});constructor(e,t){this.element=n("form",{className:"ask",noValidate:!0},this.#n,this.#t,this.box,this.#e,this.buttons),this.element.addEventListener("submit",r=>{if(r.preventDefault(),this.#i)return;let s=this.#r();this.box.focus(),s?t(s):e(this.box.value)}),this.box.addEventListener("keydown",r=>{r.key!=="Enter"||r.shiftKey||r.isComposing||(r.preventDefault(),this.element.requestSubmit())}),this.box.addEventListener("input",()=>{clearTimeout(this.#a),this.#a=setTimeout(()=>this.count(),Qe)}),this.expect(null)}set busy(e){this.#i=e,this.box.readOnly=e;for(let t of this.buttons.children)t.setAttribute("aria-disabled",String(e))}get text(){return this.box.value}set text(e){this.box.value=e,this.count()}expect(e){let{label:t,hint:r,autocomplete:s="off",inputMode:i="text"}=re[e]??ne;this.#n.textContent=t,this.#t.textContent=r,Object.assign(this.box,{autocomplete:s,inputMode:i})}count(){let e=[...this.box.value].length,t=Ie-e;this.#e.textContent=e>=Ze?le(t):"",this.#e.classList.toggle("over",t<0)}#r(){return this.box.value.trim()?[...this.box.value].length>Ie?ae:"":ie}};var J="enquiry-assistant";function Re(){try{return JSON.parse(sessionStorage.getItem(J))}catch{return null}}function je(o){try{sessionStorage.setItem(J,JSON.stringify(o))}catch{}}function Ye(){try{sessionStorage.removeItem(J)}catch{}}var Xe=3e4,et=503,tt={path:"/none/messages",token:"none"},g=class extends Error{constructor(e,t=0){super(e),this.status=t,this.isGone=t===401||t===404,this.mayPass=t===0||t===408||t===429||t>=500,this.lines=this.mayPass?[e,de]:[e]}},O=class{#n;#t=Re();#e=null;constructor(e){this.#n=e}get isOpen(){return!!this.#t}async send(e){JSON.stringify(this.#e?.body)!==JSON.stringify(e)&&(this.#e={body:e,key:rt()});let t=await(this.#t?this.#i(this.#e):this.#o(this.#e));return this.#e=null,t}async#o(e){try{this.#t=await this.#s("POST","")}catch(t){if(t.status!==et)throw t;return this.#a(e,t)}return je(this.#t),this.#i(e)}#i(e){return this.#s("POST",this.#r("messages"),e)}async#a(e,t){let{path:r,token:s}=tt;try{return await this.#s("POST",r,{...e,token:s})}catch{throw t}}history(){return this.#s("GET",this.#r("messages"))}judge(e,t){return this.#s("POST",this.#r("enquiries",e,"feedback"),{body:{useful:t}})}async erase(){await this.#s("DELETE",this.#r()),this.leave()}leave(){this.#t=this.#e=null,Ye()}#r(...e){return["",this.#t.conversation,...e].map(encodeURIComponent).join("/")}async#s(e,t,{body:r,key:s,token:i=this.#t?.token}={}){let c={Accept:"application/json"};r&&(c["Content-Type"]="application/json"),s&&(c["Idempotency-Key"]=s),i&&(c.Authorization=`Bearer ${i}`);let d,m;try{let p=AbortSignal.timeout(Xe),f={method:e,headers:c,body:r&&JSON.stringify(r),signal:p,credentials:"omit"};d=await fetch(`${this.#n}/api/conversations${t}`,f),m=await d.text()}catch{throw new g(Y)}let a=nt(m);if(d.ok&&(a!==void 0||d.status===204))return a;throw new g(ot(d,a),d.ok?0:d.status)}};function ot(o,e){if(o.ok)return Y;let t=Number(o.headers.get("Retry-After"));return o.status===429&&t>0?he(t):e?.detail??e?.title??ue(o.status)}function nt(o){try{return JSON.parse(o)}catch{return}}function rt(){return[...crypto.getRandomValues(new Uint8Array(16))].map(e=>e.toString(16).padStart(2,"0")).join("")}var st=3,it=["handoff","crisis","disclosure","abuse","smalltalk"];function V(o,e,...t){let r=n("p",{className:"speaker",textContent:e});return n("article",{className:`entry ${o}`,tabIndex:-1,"aria-label":e},r,...t)}function A(o){return V("asker","You",n("p",{className:"words",textContent:o}))}function Be(o){return V("assistant",C,te.map(e=>n("p",{},e)),n("div",{className:"buttons"},oe.map(e=>l(e,()=>o(e),"choice"))))}function at({outcome:o,replies:e,offers:t,topic:r,person:s}){let i=e.map(({text:a})=>a);if(o==="list"&&t.length)return i.map(a=>a.replace(/\n• .*/g,""));if(o!=="offer"||t.length!==1||r||s)return i;let[{contact:c,source:d}]=t,m=a=>/^It belongs to the .{1,60} support\.$/.test(a)||a.includes(c.email)||a.includes(d.title);return i.filter(a=>!m(a))}function De(o,e){let t=o.outcome==="clarify"?[]:o.offers,r=o.outcome==="offer"&&t.length===1,s=_e(o);return V("assistant",C,at(o).map(i=>n("p",{className:"words"},b(i))),t.map(i=>lt(i,t.length>st,r)),s.length>0&&n("ul",{},s.map(dt)),o.choices.length>0&&n("div",{className:"buttons"},o.choices.map(i=>l(i.label,()=>e.choose(i),"choice"))),o.enquiry&&ht(o.enquiry,e.copy),o.enquiry&&!it.includes(o.outcome)&&ut(o.enquiry,e.judge))}function _e({people:o,person:e}){return o.length?o:[e].filter(Boolean)}function lt(o,e,t){let r=[B(o.stages),D[o.tier]??o.tier];return n(e?"details":"section",{className:"card"},n(e?"summary":"h3",{textContent:o.name}),!t&&n("p",{textContent:o.summary}),n("p",{className:"tags"},r.map(s=>n("span",{className:"tag",textContent:s}))),ct(o.contact),n("p",{className:"hint",textContent:G(o.source.title,Me(o.source))}))}function ct({email:o,phone:e,published:t}){let r=o&&x("mailto",o),s=e&&x("tel",e);return n("p",{},t?_:M,r,r&&s&&W,s)}function dt({name:o,role:e}){return n("li",{},n("strong",{textContent:o}),`, ${e}`)}function ht(o,e){let t=n("strong",{textContent:o}),r=l(fe,()=>e(o,t),"small");return r.setAttribute("aria-label",ge(o)),n("p",{className:"reference"},U,t," ",r)}function ut(o,e){let t=n("div",{className:"buttons feedback",role:"group","aria-label":z});return t.append(z,l(ye,()=>e(o,!0,t),"small"),l(xe,()=>e(o,!1,t),"small")),t}function Me({published:o,edited_on:e,checked_on:t}){return e?me(K(e),t&&K(t)):pe(K(o))}function K(o){let e=new Date(`${o}T00:00Z`);if(!/^\d{4}-\d{2}/.test(o)||Number.isNaN(e.valueOf()))return o;let t=/^\d{4}-\d{2}-\d{2}$/.test(o)?"numeric":void 0;return e.toLocaleDateString("en-GB",{day:t,month:"long",year:"numeric",timeZone:"UTC"})}function We(o){let e=o.map(t=>{let r=new Date(t.at).toLocaleString("en-GB");if(t.from==="asker")return`${r}
${"You"}: ${t.text??S}`;let s=t.replies.map(({text:i})=>i);for(let i of t.offers){let{email:c,phone:d,published:m}=i.contact,a=[c,d].filter(Boolean).join(W);s.push(`${i.name}. ${i.summary}`,`${B(i.stages)}. ${D[i.tier]??i.tier}.`,(m?_:M)+a,G(i.source.title,Me(i.source)))}for(let{name:i,role:c}of _e(t))s.push(`- ${i}, ${c}`);for(let{label:i}of t.choices)s.push(`- ${i}`);return t.enquiry&&s.push(U+t.enquiry),`${r}
${C}: ${s.join(`
`)}`});return`${k}

${e.join(`

`)}
`}function Ge(o,e,t){return[n("h3",{textContent:q,tabIndex:-1}),n("div",{className:"menu"},l(E,t.privacy),l(Ce,t.download),l($,t.start),l(T,t.erase),n("a",{href:`${o}/chat`,textContent:Se}),l(e?Te:$e,t.back))]}var pt="(max-width: 30rem), (max-height: 25rem)",I=class{#n=matchMedia(pt);launcher=n("button",{type:"button",className:"launcher",part:"launcher","aria-expanded":"false"});dialog=n("dialog",{part:"panel","aria-labelledby":"title"});body=n("div",{className:"body"});constructor(e,t){this.launcher.append(n("span",{textContent:v}));let r=n("h2",{id:"title",textContent:k}),s=l(q,t,"small"),i=l(X,()=>this.dialog.close(),"small");this.dialog.append(n("div",{className:"head"},r,s,i),this.body),this.launcher.addEventListener("click",()=>{this.open(),e()}),this.dialog.addEventListener("close",()=>{this.#t||(this.launcher.setAttribute("aria-expanded","false"),this.launcher.hidden=!1,this.isLeft||this.launcher.focus())}),this.dialog.addEventListener("keydown",c=>{c.key!=="Escape"||c.isComposing||(c.preventDefault(),this.dialog.close())}),this.#n.addEventListener("change",()=>this.#e())}#t=!1;open(){this.dialog.open||(this.#n.matches?this.dialog.showModal():this.dialog.show(),this.launcher.hidden=!0,this.launcher.setAttribute("aria-expanded","true"))}get isLeft(){let{host:e}=this.dialog.getRootNode(),t=e.getRootNode().activeElement;return!!t&&t!==e&&t!==document.body}#e(){if(!this.dialog.open)return;if(this.#n.matches&&this.isLeft)return this.dialog.close();let e=this.dialog.getRootNode(),t=e.activeElement;this.#t=!0,this.dialog.addEventListener("close",()=>this.#t=!1,{once:!0}),this.dialog.close(),this.open(),t?t.focus():this.#n.matches||e.activeElement?.blur()}};var mt=/^[^\s@]+@[^\s@]+\.[^\s@]+$/;function ze(o,e,t){let r=n("div",{className:"problem",role:"alert",tabIndex:-1,hidden:!0}),s={question:Z("question",n("textarea",{rows:3,value:o}),h.questionHint),name:Z("name",n("input",{type:"text",autocomplete:"name"})),email:Z("email",n("input",{type:"email",autocomplete:"email"}),h.emailHint),consent:Ue("consent",h.consent)},i=Ue("keep_words",h.keepWords),c=n("p",{className:"hint",role:"status"}),d=n("form",{className:"question",noValidate:!0,"aria-labelledby":"form-title"},n("h3",{id:"form-title",textContent:h.title,tabIndex:-1}),n("p",{textContent:h.intro}),r,Object.values(s).map(({row:a})=>a),i.row,c,n("div",{className:"buttons"},n("button",{type:"submit",textContent:h.submit}),l(h.cancel,t)));d.addEventListener("submit",a=>{a.preventDefault();let p=Object.keys(s).filter(u=>!ft(u,s[u].input));for(let u in s)s[u].tell(p.includes(u)?h.missing[u]:"");if(m(p.map(u=>[h.missing[u],s[u].input])),p.length)return;let f=u=>s[u].input.value.trim();e({question:f("question"),name:f("name"),email:f("email"),consent:!0,keep_words:i.input.checked})});function m(a){c.textContent="",r.hidden=a.length===0,r.replaceChildren(n("h4",{textContent:h.problem}),n("ul",{},a.map(([p,f])=>n("li",{},f?l(p,()=>f.focus(),"link"):b(p))))),a.length&&r.focus()}return{element:d,tell:a=>c.textContent=a,refuse:a=>m(a.map(p=>[p]))}}function ft(o,e){return o==="consent"?e.checked:o==="email"?mt.test(e.value.trim()):!!e.value.trim()}function Z(o,e,t){let r=`field-${o}`,s=n("p",{className:"error",id:`${r}-error`,hidden:!0}),i=[t&&`${r}-hint`,`${r}-error`].filter(Boolean).join(" ");Object.assign(e,{id:r,name:o}),e.setAttribute("aria-describedby",i);let c=n("div",{className:"field"},n("label",{htmlFor:r,textContent:h[o]}),t&&n("p",{className:"hint",id:`${r}-hint`,textContent:t}),s,e);return{row:c,input:e,tell:Fe(c,e,s)}}function Ue(o,e){let t=`field-${o}`,r=n("p",{className:"error",id:`${t}-error`,hidden:!0}),s=n("input",{type:"checkbox",id:t,name:o,"aria-describedby":`${t}-error`}),i=n("div",{className:"field tick"},r,n("label",{htmlFor:t},s,n("span",{textContent:e})));return{row:i,input:s,tell:Fe(i,s,r)}}function Fe(o,e,t){return r=>{t.textContent=r,t.hidden=!r,o.classList.toggle("wrong",!!r),e.setAttribute("aria-invalid",String(!!r))}}var He=`/* The conventions of nhsuk-frontend (MIT): colours, focus, buttons, errors. Sizes are in em, of the reader's own medium. */

/* A page's own \`* { ... }\` would win over :host, were it not for "important". Without a box, nothing in the page moves. */
:host {
  all: initial !important;
  display: contents !important;
  direction: ltr !important;
  --ink: var(--enquiry-ink, #212b32);
  --quiet: var(--enquiry-quiet, #4c6272);
  --colour: var(--enquiry-colour, #005eb8);
  --dark: var(--enquiry-dark, #003087);
  --paper: var(--enquiry-paper, #fff);
  --pale: var(--enquiry-pale, #f0f4f5);
  --line: #768692;
  --red: #d5281b;
  font: medium/1.5 var(--enquiry-font, Arial, sans-serif) !important;
  color: var(--ink) !important;
}

:host([hidden]) {
  display: none !important;
}

*,
*::before,
*::after {
  box-sizing: border-box;
}

[hidden] {
  display: none !important;
}

.launcher {
  position: fixed;
  right: var(--enquiry-right, 1em);
  bottom: var(--enquiry-bottom, 1em);
  z-index: var(--enquiry-layer, 2147483000);
}

dialog {
  position: fixed;
  inset: auto var(--enquiry-right, 1em) var(--enquiry-bottom, 1em) auto;
  z-index: var(--enquiry-layer, 2147483000);
  display: none;
  flex-direction: column;
  width: min(var(--enquiry-width, 27em), calc(100vw - 2em));
  height: min(46em, calc(100vh - 2em));
  max-width: none;
  max-height: none;
  margin: 0;
  padding: 0;
  border: 1px solid var(--line);
  border-radius: 4px;
  background: var(--paper);
  color: inherit;
  box-shadow: 0 4px 16px rgb(33 43 50 / 30%);
  overflow-wrap: anywhere;
}

dialog[open] {
  display: flex;
}

.head {
  display: flex;
  align-items: center;
  gap: 0.5em;
  padding: 0.5em 0.75em 0.5em 1em;
  background: var(--colour);
  color: #fff;
}

.body,
.talk {
  flex: 1;
  display: flex;
  flex-direction: column;
  min-height: 0;
}

.sheet {
  flex: 1;
  padding: 1em;
  overflow-y: auto;
}

.menu > a {
  padding: 0.625em 0;
}

.menu {
  display: flex;
  flex-direction: column;
  align-items: flex-start;
  gap: 0.75em;
  margin-top: 0.75em;
}

h2,
h3,
h4,
p,
ul {
  margin: 0 0 0.5em;
}

h2 {
  flex: 1;
  margin: 0;
  font-size: 1.125em;
  line-height: 1.3;
}

h3 {
  font-size: 1.125em;
  line-height: 1.3;
}

h4,
.card h3 {
  font-size: 1em;
}

ul {
  padding-left: 1.25em;
}

a {
  color: var(--colour);
}

.hint {
  color: var(--quiet);
  font-size: 0.875em;
}

/* What was said */

.log {
  flex: 1;
  min-height: 6em;
  padding: 1em 1em 0;
  overflow-y: auto;
  overscroll-behavior: contain;
}

.entry {
  margin: 0 0 1em;
  padding: 0.75em;
  border: 1px solid #d8dde0;
  border-radius: 4px;
  background: var(--pale);
  scroll-margin-top: 0.5em;
}

.entry.asker {
  margin-left: 12%;
  border-color: var(--colour);
  background: var(--paper);
}

.entry > :last-child,
.card > :last-child {
  margin-bottom: 0;
}

.speaker {
  margin-bottom: 0.25em;
  font-size: 0.875em;
  font-weight: bold;
}

.words {
  white-space: pre-line;
}

.card {
  margin-bottom: 0.75em;
  padding: 0.75em;
  border: 1px solid #d8dde0;
  border-left: 4px solid var(--colour);
  background: var(--paper);
}

summary {
  cursor: pointer;
  font-weight: bold;
}

.card[open] > summary {
  margin-bottom: 0.5em;
}

.tags,
.buttons {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5em;
}

.buttons {
  margin-bottom: 0.5em;
}

.tag {
  padding: 0.125em 0.5em;
  border: 1px solid #002f5c;
  background: #ccdff1;
  color: #002f5c;
  font-size: 0.875em;
}

.typing {
  display: flex;
  gap: 0.375em;
  margin: 0;
  padding: 0 1em 0.75em;
}

.typing i {
  width: 0.625em;
  height: 0.625em;
  border: 1px solid var(--quiet);
  border-radius: 50%;
  background: var(--quiet);
}

/* Errors and the form */

.notice:not(:empty) {
  flex: none;
  padding: 0 1em;
}

.problem {
  margin-bottom: 0.75em;
  padding: 0.75em;
  border: 4px solid var(--red);
  background: var(--paper);
}

.problem > :last-child {
  margin-bottom: 0;
}

.problem p {
  font-weight: bold;
}

.field {
  margin-bottom: 0.75em;
}

.field.wrong {
  padding-left: 0.75em;
  border-left: 4px solid var(--red);
}

.error,
.over {
  color: var(--red);
  font-weight: bold;
}

label {
  display: block;
  font-weight: bold;
}

.tick label {
  display: flex;
  gap: 0.5em;
  font-weight: normal;
}

.tick input {
  flex: none;
  width: 1.5em;
  height: 1.5em;
  margin: 0;
  font: inherit;
  accent-color: var(--colour);
}

/* Typing */

.ask {
  padding: 0.75em 1em;
  border-top: 1px solid #d8dde0;
}

.status {
  margin: 0;
  padding: 0 1em 0.25em;
}

/* Not display: none, because what is not there cannot tell screen readers that it changes. */
.status:empty,
#counter:empty {
  margin: 0;
  padding: 0;
}

textarea,
input:not([type="checkbox"]) {
  display: block;
  width: 100%;
  margin-bottom: 0.5em;
  padding: 0.5em;
  border: 2px solid var(--ink);
  border-radius: 0;
  background: var(--paper);
  color: inherit;
  font: inherit;
  resize: vertical;
}

.wrong textarea,
.wrong input {
  border-color: var(--red);
}

textarea:read-only {
  background: var(--pale);
}

button {
  min-height: 2.75em;
  padding: 0.5em 1em;
  border: 2px solid transparent;
  border-radius: 4px;
  background: var(--enquiry-button, #007f3b);
  box-shadow: 0 4px 0 var(--enquiry-button-dark, #00401e);
  color: #fff;
  font: inherit;
  font-weight: bold;
  text-align: left;
  cursor: pointer;
}

button:hover {
  background: var(--enquiry-button-dark, #00662f);
}

.launcher {
  background: var(--colour);
  box-shadow: 0 4px 0 var(--dark);
}

.launcher:hover {
  background: var(--dark);
}

.secondary,
.choice,
.small {
  border-color: var(--colour);
  background: var(--paper);
  box-shadow: none;
  color: var(--colour);
}

.secondary:hover,
.choice:hover,
.small:hover {
  background: #d9e5f2;
  color: var(--dark);
}

.small {
  min-height: 2.25em;
  padding: 0.25em 0.75em;
}

.warning {
  background: var(--red);
  box-shadow: 0 4px 0 #6b140e;
}

.warning:hover {
  background: #aa2016;
}

.link {
  vertical-align: top;
  min-height: 0;
  padding: 0;
  border: 0;
  background: none;
  box-shadow: none;
  color: var(--red);
  text-decoration: underline;
}

.link:hover {
  background: none;
}

button:disabled {
  border-color: #d8dde0;
  background: var(--pale);
  color: var(--quiet);
  cursor: default;
}

[aria-disabled="true"] {
  opacity: 0.6;
  cursor: default;
}

:focus-visible,
[tabindex="-1"]:focus {
  outline: 4px solid transparent;
  box-shadow:
    0 0 0 3px #ffeb3b,
    0 0 0 6px #212b32;
}

/* Over the whole page there is no room around it. */
dialog:focus-visible {
  outline: 4px solid #212b32;
  outline-offset: -4px;
}

a:focus-visible,
button:focus-visible,
summary:focus-visible {
  border-color: transparent;
  background: #ffeb3b;
  color: #212b32;
}

/* Little room: the whole page, and everything scrolls together */

@media (max-width: 30rem), (max-height: 25rem) {
  dialog {
    inset: 0;
    width: auto; /* 100vw would go under the page's scroll bar */
    height: 100dvh;
    border: 0;
    border-radius: 0;
    overflow-y: auto;
  }

  .body,
  .talk {
    flex: none;
    min-height: auto;
  }

  .log,
  .sheet {
    overflow: visible;
  }

  .entry.asker {
    margin-left: 0;
  }
}

@media (max-width: 30rem) {
  .buttons > button,
  .menu > button {
    width: 100%;
  }

  .buttons > .small {
    width: auto;
  }
}

@media (prefers-reduced-motion: no-preference) {
  .typing i {
    animation: wait 1.2s infinite;
  }

  .typing i:nth-child(2) {
    animation-delay: 0.2s;
  }

  .typing i:nth-child(3) {
    animation-delay: 0.4s;
  }
}

@keyframes wait {
  50% {
    opacity: 0.2;
  }
}

@media (forced-colors: active) {
  button,
  .entry,
  .card,
  .tag {
    border: 2px solid;
  }

  :focus-visible,
  [tabindex="-1"]:focus {
    outline-color: Highlight;
  }

  .head {
    border-bottom: 1px solid;
  }

  .entry.asker {
    border-style: dashed;
  }

  button:disabled {
    border-color: GrayText;
    color: GrayText;
  }
}

@media print {
  .launcher,
  .ask,
  .small,
  .entry > [role="group"] {
    display: none;
  }

  dialog {
    position: static;
    inset: auto;
    width: 100%;
    height: auto;
    overflow: visible;
    box-shadow: none;
  }

  .body,
  .talk {
    display: block;
  }

  .log {
    overflow: visible;
  }

  .card::details-content {
    content-visibility: visible;
  }
}
`;var bt=1e3,Je=new CSSStyleSheet;Je.replaceSync(He);var y=class o extends HTMLElement{static home="";#n;#t;#e;#o=n("div",{role:"log",className:"log","aria-label":ee});#i=n("p",{className:"typing","aria-hidden":"true",hidden:!0},n("i"),n("i"),n("i"));#a=n("p",{className:"hint status",role:"status"});#r=n("div",{className:"notice"});#s=n("div",{className:"talk"});#d=n("div",{className:"sheet",hidden:!0});#l=null;#h=null;#c=!1;connectedCallback(){this.shadowRoot||(this.lang||="en-GB",this.attachShadow({mode:"open"}).adoptedStyleSheets=[Je],this.#t=new O(o.home),this.#e=new L(e=>this.#q(e),e=>this.#b([e])),this.#n=new I(()=>this.#Y(),()=>this.#j()),this.#e.buttons.append(l(N,()=>this.#v())),this.#s.append(this.#o,this.#i,this.#r,this.#a,this.#e.element),this.#n.body.append(this.#s,this.#d),this.#o.append(this.#S()),this.shadowRoot.append(this.#n.launcher,this.#n.dialog),this.#e.box.addEventListener("input",()=>this.#c||this.#x()),addEventListener("online",()=>this.#c||this.#h?.()))}#j(){this.#c||this.#y(...Ge(o.home,!!this.#l,{privacy:()=>this.#p()||this.#q(E),download:()=>this.#p()||this.#R(),start:()=>this.#A(Ne,$,()=>this.#k(Oe)),erase:()=>this.#A(Ee,T,()=>this.#I()),back:()=>this.#C()}))}#y(...e){this.#d.replaceChildren(...e),this.#s.hidden=!0,this.#d.hidden=!1,this.#d.querySelector("h3").focus()}#p(){this.#s.hidden=!1,this.#d.hidden=!0,this.#d.replaceChildren(),this.#e.box.focus()}#C(){return this.#l?this.#v():this.#p()}#S(){return Be(e=>this.#m({text:e},e))}#Y(){this.#t.isOpen&&this.#o.children.length===1&&this.#L(),(this.#d.querySelector("h3")??this.#e.box).focus()}#q(e){return this.#m({text:e},e)}#m(e,t){return this.#f(j,()=>this.#m(e,t),async()=>{let r=await this.#t.send(e);this.#e.text===e.text&&(this.#e.text=""),this.#w(),this.#o.append(A(t)),this.#$(r)})}async#f(e,t,r){if(!this.#c){this.#h=t,this.#g(!0),this.#E(),this.#u(e);try{await r(),this.#h=null,this.#a.textContent===e&&this.#u("")}catch(s){if(!(s instanceof g))throw s;this.#u(""),this.#P(s)}finally{this.#g(!1)}}}#g(e){this.#c=this.#e.busy=e,this.#i.hidden=!e}#P(e){if(!e.isGone)return this.#b(e.lines,e.mayPass);this.shadowRoot.activeElement&&this.#e.box.focus(),this.#N(),this.#b([P])}#N(){this.#t.leave(),this.#w();for(let e of this.#o.querySelectorAll(".feedback"))e.remove();this.#e.expect(null)}#x(){this.#h=null,this.#E()}#b(e,t=!1){t||(this.#h=null),this.#r.replaceChildren(n("div",{className:"problem"},n("div",{role:"alert"},e.map(r=>n("p",{},b(r)))),t&&l(ce,()=>this.#h?.()))),this.#r.scrollIntoView({block:"nearest"})}#u(e){this.#a.textContent=e}#E(){this.#r.contains(this.shadowRoot.activeElement)&&this.#e.box.focus(),this.#r.replaceChildren()}#$(e){let t=this.#T(e);t.previousElementSibling.scrollIntoView();let r=e.expects&&!e.choices.length?this.#e.box:t;this.#n.isLeft||r.focus({preventScroll:!0})}#T(e){this.#e.expect(e.expects);let t=De(e,{choose:r=>this.#m({choice:r.id},r.label),judge:(r,s,i)=>this.#D(r,s,i),copy:(r,s)=>this.#_(r,s)});return this.#o.append(t),t}#w(){for(let e of this.#o.querySelectorAll(".choice"))e.disabled=!0}#L(){return this.#f(H,()=>this.#L(),async()=>{let e=await this.#t.history();this.#o.setAttribute("aria-live","off");for(let t of e)this.#w(),t.from==="asker"?this.#o.append(A(t.text??S)):this.#T(t);setTimeout(()=>this.#o.removeAttribute("aria-live"),bt),this.#o.lastElementChild.scrollIntoView()})}#v(){this.#c||(this.#l??=ze(this.#e.text,e=>this.#B(e),()=>this.#c||this.#O()),this.#y(this.#l.element))}#O(){this.#l=null,this.#p()}async#B(e){if(!this.#c){this.#x(),this.#g(!0),this.#l.tell(j);try{let t=await this.#t.send({form:e});this.#e.text="",this.#O(),this.#w(),this.#o.append(A(N)),this.#$(t)}catch(t){if(!(t instanceof g))throw t;t.isGone&&this.#N(),this.#l.refuse(t.isGone?[P]:t.lines)}finally{this.#g(!1)}}}#A(e,t,r){let s=n("h3",{textContent:e,tabIndex:-1}),i=l(t,()=>this.#p()||r(),"warning");this.#y(s,n("div",{className:"buttons"},i,l(Le,()=>this.#C())))}#k(e){this.#t.leave(),this.#l=null,this.#x(),this.#o.replaceChildren(this.#S()),this.#e.expect(null),this.#e.text="",this.#u(e),this.#e.box.focus()}#I(){return this.#t.isOpen?this.#f(Ae,()=>this.#I(),async()=>{await this.#t.erase(),this.#k(F)}):this.#k(F)}async#D(e,t,r){try{await this.#t.judge(e,t)}catch(i){if(!(i instanceof g))throw i;return this.#b([i.message])}let s=n("p",{textContent:t?ve:ke,tabIndex:-1});r.replaceWith(s),t||s.after(n("p",{},l(N,()=>this.#v()))),s.focus()}async#_(e,t){try{await navigator.clipboard.writeText(e),this.#u(be)}catch{getSelection().selectAllChildren(t),this.#u(we)}}#R(){return this.#f(H,()=>this.#R(),async()=>{let e=this.#t.isOpen?await this.#t.history():[],t=URL.createObjectURL(new Blob([We(e)],{type:"text/plain"}));n("a",{href:t,download:qe}).click(),setTimeout(()=>URL.revokeObjectURL(t),6e4)})}};var R="enquiry-assistant";customElements.get(R)||(y.home=new URL(wt().src).origin,customElements.define(R,y),document.readyState==="loading"?addEventListener("DOMContentLoaded",Ke):Ke());function wt(){return Object.getOwnPropertyDescriptor(Document.prototype,"currentScript").get.call(document)}function Ke(){if(document.querySelector(R))return;let o=document.createElement(R);o.textContent=v,document.querySelector("body").append(o)}})();
//# sourceMappingURL=widget.js.map
